import { type ElementSchema, group, text, value } from '../elementSchema.ts';

/** Read until upgrade_config.inc:upgrade_017_to_018 made VIPs of it; later versions still write it empty. */
export const proxyArpSections: Readonly<Record<string, ElementSchema>> = {
  proxyarp: group('Addresses that the firewall answers ARP for, before there were VIPs.', {
    proxyarpnet: group(
      'One such address or span.',
      {
        interface: text('The interface on which it answers.'),
        network: value('A network.', { type: 'address', family: 4, prefix: 'optional' }),
        range: group('A span of addresses.', {
          from: value('The first address.', { type: 'address', family: 4 }),
          to: value('The last address.', { type: 'address', family: 4 }),
        }),
        descr: text('What it is for.'),
      },
      { until: 1.8, replacedBy: 'virtualip' },
    ),
  }),
};
