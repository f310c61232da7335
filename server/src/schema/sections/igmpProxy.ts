import { choice, type ElementSchema, flag, group, integer, text } from '../elementSchema.ts';

/** Services > IGMP Proxy: services_igmpproxy.php, services_igmpproxy_edit.php. */
export const igmpProxySections: Readonly<Record<string, ElementSchema>> = {
  igmpproxy: group(
    'Passes multicast on between interfaces.',
    {
      enable: flag('The proxy is on.'),
      igmpentry: group('One interface that takes part.', {
        ifname: text('The interface.'),
        threshold: integer('The TTL that a packet has to have left.', { max: 255 }),
        type: choice('Where the senders are.', {
          upstream: 'Upstream Interface',
          downstream: 'Downstream Interface(s)',
        }),
        address: text('Networks of senders or groups.', { separator: ' ' }),
        descr: text('What the entry is for.'),
      }),
    },
    { docs: 'services/igmp-proxy.html' },
  ),
};
