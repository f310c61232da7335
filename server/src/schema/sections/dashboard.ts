import { type ElementSchema, flag, group, text } from '../elementSchema.ts';
import { dashboard } from './shared/widgets.ts';

/** Status > Dashboard, Status > Traffic Graph (status_graph.php) and Status > Monitoring (a package that pfSense brings along). */
export const dashboardSections: Readonly<Record<string, ElementSchema>> = {
  widgets: dashboard('The dashboard of users who have none of their own.'),
  traffic_graphs: group('What the traffic graph page shows at first.', {
    if: text('The interface.'),
    sort: text('The order of the hosts.'),
    filter: text('Whether local or remote hosts are shown.'),
    hostipformat: text('How hosts are named.'),
    backgroundupdate: text('Whether the page goes on while it is out of sight.'),
    smoothfactor: text('How smooth the graph is.'),
    invert: text('Whether traffic out is drawn below the line.'),
    mode: text('Whether the unit is bits or bytes.'),
    size: text('The unit of the graph.'),
  }),
  rrd: group(
    'The graphs of Status > Monitoring.',
    {
      enable: flag('Data for graphs is kept.'),
      category: text('The graph that is shown at first.'),
      style: text('How the graphs of versions before 2.3 were drawn.'),
      period: text('The period that the graphs of versions before 2.3 showed.'),
    },
    { isOpen: true },
  ),
};
