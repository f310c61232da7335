import { type ElementSchema, group, text, value } from '../elementSchema.ts';

/** Firewall > Schedules: firewall_schedule_edit.php, filter.inc:filter_tdr_*. */
const timerange = group('One span of time.', {
  position: text('The days of the week, 1 for Monday to 7 for Sunday.', { separator: ',' }),
  month: text('The months, one for each day beside.', { separator: ',' }),
  day: text('The days of the month.', { separator: ',' }),
  hour: value('From when until when.', {
    type: 'pattern',
    pattern: '\\d{1,2}:\\d{1,2}-\\d{1,2}:\\d{1,2}',
    is: 'a span such as 8:00-17:00',
  }),
  rangedescr: text('What the span is.'),
});

export const schedulesSections: Readonly<Record<string, ElementSchema>> = {
  schedules: group(
    'Times in which rules hold.',
    {
      schedule: group('A set of times under one name.', {
        name: text('What rules call it.'),
        descr: text('What the schedule is for.'),
        timerange,
        schedlabel: text('The label by which the states of its rules are ended.'),
      }),
    },
    { docs: 'firewall/time-based-rules.html' },
  ),
};
