import { type ElementSchema, group, text } from '../elementSchema.ts';

/** What runs at set times (services.inc:configure_cron, install_cron_job; the page is the package Cron’s). */
export const cronSections: Readonly<Record<string, ElementSchema>> = {
  cron: group('What runs at set times.', {
    item: group('A command and when it runs.', {
      minute: text('The minutes of the hour, or a word such as @reboot.'),
      hour: text('The hours of the day.'),
      mday: text('The days of the month.'),
      month: text('The months.'),
      wday: text('The days of the week, 0 for Sunday.'),
      who: text('The user that the command runs as.'),
      command: text('The command.'),
    }),
  }),
};
