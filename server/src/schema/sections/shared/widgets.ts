import { type ElementSchema, group, integer, text } from '../../elementSchema.ts';

const threshold = integer('The temperature at which a sensor of that kind is shown so.', {});

const thermalSensors: Readonly<Record<string, ElementSchema>> = {
  thermal_sensors_widget_zone_warning_threshold: threshold,
  thermal_sensors_widget_zone_critical_threshold: threshold,
  thermal_sensors_widget_core_warning_threshold: threshold,
  thermal_sensors_widget_core_critical_threshold: threshold,
  thermal_sensors_widget_pch_warning_threshold: threshold,
  thermal_sensors_widget_pch_critical_threshold: threshold,
  thermal_sensors_widget_show_raw_output: text('Whether the widget shows the sensors’ own text.'),
  thermal_sensors_widget_show_full_sensor_name: text('Whether the widget shows the sensors’ full names.'),
  thermal_sensors_widget_pulsate_warning: text('Whether a sensor above the warning threshold pulsates.'),
  thermal_sensors_widget_pulsate_critical: text('Whether a sensor above the critical threshold pulsates.'),
  thermal_sensors_widget_show_fahrenheit: text('Whether the widget shows degrees Fahrenheit.'),
};

const widget = group(
  'The settings of one widget of the dashboard.',
  {
    descr: text('The title of the widget.'),
    filter: text('What the widget leaves out.', { separator: ',' }),
    iffilter: text('The interfaces that the widget leaves out.', { separator: ',' }),
    ifstatsfilter: text('The figures that the widget leaves out.', { separator: ',' }),
    gatewaysfilter: text('The gateways that the widget leaves out.', { separator: ',' }),
    display_type: text('What the widget shows of each gateway.'),
    disk_filter: text('The disks that the widget leaves out.', { separator: ',' }),
    autoshow_threshold: text('How full in per cent a disk is that the widget shows by itself.'),
    default_tab: text('The tab that the widget shows at first.'),
    filterlogentries: integer('How many entries of the firewall log the widget shows.', {}),
    filterlogentriesacts: text('Which actions of the firewall log the widget shows.'),
    filterlogentriesinterfaces: text('Which interfaces of the firewall log the widget shows.'),
    filterlogentriesinterval: integer('Seconds between two looks at the firewall log.', {}),
    picturewidget: text('Where the picture is kept.'),
    picturewidget_filename: text('The name of the picture’s file.'),
    rssfeed: text('The addresses of the feeds.'),
    rssmaxitems: integer('How many items of the feeds the widget shows.', {}),
    rsswidgetheight: text('The height of the widget.'),
    rsswidgettextlength: integer('How much of an item’s text the widget shows.', {}),
    ...thermalSensors,
  },
  { isOpen: true },
);

const trafficGraphs = group(
  'The settings of the traffic graphs widget.',
  {
    refreshinterval: integer('Seconds between two updates of the graphs.', {}),
    invert: text('Whether traffic out is drawn below the line.'),
    backgroundupdate: text('Whether the graphs go on while the page is out of sight.'),
    smoothfactor: text('How smooth the graphs are.'),
    size: text('The unit of the graphs: 1 for bits, 8 for bytes.'),
    filter: text('The interfaces that the widget leaves out.', { separator: ',' }),
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
      traffic_graphs: trafficGraphs,
    },
    { isOpen: true, keyed: { pattern: '[a-z0-9_]+-\\d+', of: widget } },
  );
}
