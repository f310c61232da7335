import { type ElementSchema, group, text } from '../elementSchema.ts';
import { openvpnClient } from './openvpnClient.ts';
import { openvpnOverride } from './openvpnOverride.ts';
import { openvpnServer } from './openvpnServer.ts';

/** VPN > OpenVPN. */
export const openvpnSections: Readonly<Record<string, ElementSchema>> = {
  openvpn: group(
    'OpenVPN’s servers, clients and overrides for single clients.',
    {
      'openvpn-server': openvpnServer,
      'openvpn-client': openvpnClient,
      'openvpn-csc': openvpnOverride,
      'dh-parameters': text('Diffie-Hellman parameters of the firewall’s own, which nothing reads any more.'),
    },
    { docs: 'vpn/openvpn/index.html' },
  ),
};
