import { type ElementSchema, group, text, value } from '../elementSchema.ts';
import { ticked } from './shared/ticked.ts';

const config: Readonly<Record<string, ElementSchema>> = {
  enable: ticked('The service runs.', 'on'),
  enable_upnp: ticked('Ports may be opened with UPnP IGD.', 'on'),
  enable_natpmp: ticked('Ports may be opened with NAT-PMP or PCP.', 'on'),
  ext_iface: text('The interface to the Internet.'),
  iface_array: text('The interfaces whose hosts may open ports.', { separator: ',' }),
  enable_stun: ticked('The outer address is found out with STUN.', 'on'),
  stun_host: text('The STUN server.'),
  stun_port: value('The port of the STUN server.', { type: 'port' }),
  download: text('The download speed that hosts are told, in kilobits a second.'),
  upload: text('The upload speed that hosts are told, in kilobits a second.'),
  overridewanip: text('The outer address that hosts are told.'),
  upnpqueue: text('The queue that the traffic is put in.'),
  presentationurl: text('The web page that hosts are shown for the router.'),
  modelnumber: text('The model number that hosts are told.'),
  logpackets: ticked('Packets through opened ports are logged.', 'on'),
  sysuptime: ticked('Hosts are told how long the system has run, not the service.', 'on'),
  permdefault: ticked('A host that no line speaks of may not open ports.', 'on'),
  row: group('A line about who may open which ports.', {
    permuser: text('Whether it allows or denies, the outer ports, the host, and its ports.'),
  }),
};

/** Services > UPnP IGD & PCP (miniupnpd.xml, miniupnpd.inc). Older versions had four lines, permuser1 to permuser4. */
export const miniUpnp = group('The service that lets hosts open ports for themselves.', {
  config: group('Its settings.', config, {
    keyed: {
      pattern: 'permuser\\d',
      of: text('A line about who may open which ports, as versions before 2.3 kept it.'),
    },
    isOpen: true,
  }),
});
