import { type ElementSchema, group, text, value } from '../elementSchema.ts';

/** Services > Wake-on-LAN: services_wol_edit.php. */
export const wakeOnLanSections: Readonly<Record<string, ElementSchema>> = {
  wol: group(
    'Hosts that the firewall can wake.',
    {
      wolentry: group('One host.', {
        interface: text('The interface behind which the host is.'),
        mac: value('The MAC address of the host.', { type: 'mac' }),
        descr: text('What the host is.'),
      }),
    },
    { docs: 'services/wake-on-lan.html' },
  ),
};
