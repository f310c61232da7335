import { type ElementSchema, group, integer, text } from '../../elementSchema.ts';

const widget = group(
  'The settings of one widget of the dashboard.',
  {
    descr: text('The title of the widget.'),
    filter: text('What the widget leaves out.', { separator: ',' }),
    display_type: text('What the widget shows of each gateway.'),
    filterlogentries: integer('How many entries of the firewall log the widget shows.', {}),
    filterlogentriesacts: text('Which actions of the firewall log the widget shows.'),
    filterlogentriesinterfaces: text('Which interfaces of the firewall log the widget shows.'),
    filterlogentriesinterval: integer('Seconds between two looks at the firewall log.', {}),
  },
  { isOpen: true },
);

/** The dashboard of the firewall or of one user (index.php and the widgets; auth.inc:save_widget_settings). Packages bring widgets of their own. */
export function dashboard(description: string): ElementSchema {
  return group(
    description,
    {
      sequence: text('The widgets in their order: for each its name, column, whether it is open, and its number.', {
        separator: ',',
      }),
      period: integer('Seconds between two updates of the widgets.', {}, { default: '10' }),
      traffic_graphs: widget,
    },
    { isOpen: true, keyed: { pattern: '[a-z0-9_]+-\\d+', of: widget } },
  );
}
