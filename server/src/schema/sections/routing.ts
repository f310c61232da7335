import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { addressOrAlias } from './shared/ruleValues.ts';

const docs = 'routing/gateway-configure.html';

const family = choice('The address family.', { inet: 'IPv4', inet6: 'IPv6' }, { default: 'inet' });

/** System > Routing > Gateways: system_gateways_edit.php; gwlb.inc:save_gateway and the defaults of dpinger. */
const gateway = group(
  'A router that packets can be sent to.',
  {
    interface: text('The interface on whose network the gateway is.'),
    gateway: value(
      'The address of the gateway; dynamic where the interface learns it.',
      { type: 'address' },
      {
        words: { dynamic: 'dynamic' },
      },
    ),
    name: text('What rules, routes and groups call the gateway.'),
    weight: integer('Its share among the gateways of one tier, from 1 to 30.', {}, { default: '1' }),
    ipprotocol: family,
    interval: integer('Milliseconds between two probes.', {}, { default: '500' }),
    time_period: integer('Milliseconds over which probes are averaged.', {}, { default: '60000' }),
    alert_interval: integer('Milliseconds between two checks for an alarm.', {}, { default: '1000' }),
    descr: text('What the gateway is for.'),
    monitor_disable: flag('The gateway is not probed and always counts as up.'),
    action_disable: flag('Nothing follows when the gateway goes down or comes up.'),
    nonlocalgateway: flag('The gateway may be outside the network of its interface.'),
    dpinger_dont_add_static_route: flag('No route to the monitored address is set.', { since: 22.3 }),
    force_down: flag('The gateway counts as down.'),
    gw_down_kill_states: choice(
      'What happens to states when the gateway goes down; empty for what holds for all.',
      {
        none: 'Do not kill states on gateway failure',
        down: 'Kill states using this gateway when it is down',
      },
      { since: 22.6 },
    ),
    monitor: value(
      'The address that is probed instead of that of the gateway.',
      { type: 'address' },
      {
        words: { dynamic: 'dynamic' },
      },
    ),
    data_payload: integer('Bytes of data in a probe.', {}, { default: '1' }),
    latencylow: integer('Milliseconds of latency from which on there is a warning.', {}, { default: '200' }),
    latencyhigh: integer('Milliseconds of latency from which on the gateway counts as down.', {}, { default: '500' }),
    losslow: integer('Per cent of lost probes from which on there is a warning.', {}, { default: '10' }),
    losshigh: integer('Per cent of lost probes from which on the gateway counts as down.', {}, { default: '20' }),
    loss_interval: integer('Milliseconds after which a probe counts as lost.', {}, { default: '2000' }),
    disabled: flag('The gateway is not used.'),
    defaultgw: flag('The gateway is the default one of its family.', {
      until: 18.2,
      replacedBy: 'gateways/defaultgw4 and gateways/defaultgw6',
    }),
  },
  { docs },
);

/** System > Routing > Gateway Groups: system_gateway_groups_edit.php. */
const gatewayGroup = group(
  'Gateways in tiers, of which those of the first tier that is up are used.',
  {
    name: text('What rules call the group.'),
    item: text(
      'A member: the gateway, its tier from 1 to 5, and the address to use, which is address for the interface.',
      {
        separator: '|',
      },
    ),
    trigger: choice('When a member is left out.', {
      down: 'Member Down',
      downloss: 'Packet Loss',
      downlatency: 'High Latency',
      downlosslatency: 'Packet Loss or High Latency',
    }),
    keep_failover_states: choice(
      'What happens to states of a lower tier when a higher one comes back; empty for what holds for all.',
      { keep: 'Keep states on gateway recovery', kill: 'Kill states on gateway recovery' },
      { since: 23.4 },
    ),
    descr: text('What the group is for.'),
  },
  { docs: 'routing/gateway-groups.html' },
);

const defaultGateway = (which: string): ElementSchema =>
  text(`The default ${which} gateway: a gateway, a group, or - for none; empty lets pfSense choose.`, { since: 18.2 });

/** System > Routing > Static Routes: system_routes_edit.php. */
const route = group('A network that is reached through a gateway.', {
  network: value('The network with its prefix length, or an alias.', addressOrAlias),
  gateway: text('The gateway; Null4 and Null6 drop the packets.'),
  descr: text('What the route is for.'),
  disabled: flag('The route is not used.'),
  interface: text('The interface, which routes of old releases named.', { until: 4.4, replacedBy: 'gateway' }),
});

export const routingSections: Readonly<Record<string, ElementSchema>> = {
  gateways: group('Gateways, gateway groups and the default gateways.', {
    gateway_item: gateway,
    defaultgw4: defaultGateway('IPv4'),
    defaultgw6: defaultGateway('IPv6'),
    gateway_group: gatewayGroup,
  }),
  staticroutes: group('Static routes.', { route }, { docs: 'routing/static.html' }),
};
