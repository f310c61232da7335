import { type ElementSchema, flag, group, text, value } from '../../elementSchema.ts';

/** A host that resolver or forwarder answer for themselves: services_unbound_host_edit.php, services_dnsmasq_edit.php. */
export const hostOverride: ElementSchema = group('A host whose address is answered here.', {
  host: text('The name of the host, without its domain.'),
  domain: text('The domain of the host.'),
  ip: value('The address of the host, or several.', { type: 'address' }, { separator: ',' }),
  descr: text('What the host is.'),
  aliases: group('Further names of the host.', {
    item: group('One name.', {
      host: text('The name, without its domain.'),
      domain: text('The domain of the host.'),
      description: text('What the name is for.'),
    }),
  }),
  nosync: flag('The host is not sent to the secondary; read of the forwarder’s alone.'),
  idx: text('The place in the list, written as the list is sorted.'),
});
