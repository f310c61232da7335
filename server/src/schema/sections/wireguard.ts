import { type ElementSchema, group, integer, text, value } from '../elementSchema.ts';
import { ticked } from './shared/ticked.ts';

const peer = group('A peer of the tunnel.', {
  publickey: text('The public key of the peer.'),
  endpoint: text('The address or name of the peer; empty where it calls.'),
  port: value('The port of the peer.', { type: 'port' }),
  persistentkeepalive: integer('Seconds between two packets that keep the way open.', {}),
  allowedips: text('The networks behind the peer.', { separator: ',' }),
  presharedkey: text('A key that both sides know.'),
  peerwgaddr: text('The address of the peer inside the tunnel.', { separator: ',' }),
  descr: text('A note for administrators.'),
});

/** VPN > WireGuard of 2.5.0 (vpn_wg_edit.php, wg.inc of RELENG_2_5_0). 2.5.1 took it out; the package of the same name keeps its settings under installedpackages. */
export const wireguardSections: Readonly<Record<string, ElementSchema>> = {
  wireguard: group(
    'The WireGuard tunnels of 2.5.0.',
    {
      tunnel: group(
        'A tunnel.',
        {
          name: text('The name of its device.'),
          enabled: ticked('The tunnel is switched on.', 'yes'),
          descr: text('A note for administrators.'),
          interface: group('This end of the tunnel.', {
            address: text('The addresses inside the tunnel.', { separator: ',' }),
            listenport: value('The port that the tunnel listens on.', { type: 'port' }),
            privatekey: text('The private key of this end.'),
            publickey: text('The public key of this end.'),
          }),
          peers: group('The peers of the tunnel.', { wgpeer: peer }),
        },
        { isOpen: true },
      ),
    },
    { since: 19.2, until: 21.5, replacedBy: 'installedpackages/wireguard' },
  ),
};
