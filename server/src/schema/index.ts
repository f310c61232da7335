import { type ElementSchema, group } from './elementSchema.ts';
import { aliasesSections } from './sections/aliases.ts';
import { captivePortalSections } from './sections/captivePortal.ts';
import { certificatesSections } from './sections/certificates.ts';
import { cronSections } from './sections/cron.ts';
import { dashboardSections } from './sections/dashboard.ts';
import { dhcpSections } from './sections/dhcp.ts';
import { dhcpBackendSections } from './sections/dhcpBackend.ts';
import { dhcpRelaySections } from './sections/dhcpRelay.ts';
import { dhcpv6Sections } from './sections/dhcpv6.ts';
import { dialInServerSections } from './sections/dialInServers.ts';
import { dnsForwarderSections } from './sections/dnsForwarder.ts';
import { dnsResolverSections } from './sections/dnsResolver.ts';
import { dynamicDnsSections } from './sections/dynamicDns.ts';
import { filterSections } from './sections/filter.ts';
import { highAvailabilitySections } from './sections/highAvailability.ts';
import { igmpProxySections } from './sections/igmpProxy.ts';
import { installedPackagesSections } from './sections/installedPackages.ts';
import { dialUpSections } from './sections/interfaces/dialUp.ts';
import { interfacesSections } from './sections/interfaces/interfaces.ts';
import { linkLayerSections } from './sections/interfaces/linkLayer.ts';
import { tunnelsSections } from './sections/interfaces/tunnels.ts';
import { wirelessSections } from './sections/interfaces/wireless.ts';
import { ipsecSections } from './sections/ipsec.ts';
import { limitersSections } from './sections/limiters.ts';
import { loadBalancerSections } from './sections/loadBalancer.ts';
import { natSections } from './sections/nat.ts';
import { notificationSections } from './sections/notifications.ts';
import { ntpSections } from './sections/ntp.ts';
import { openvpnSections } from './sections/openvpn.ts';
import { proxyArpSections } from './sections/proxyArp.ts';
import { routingSections } from './sections/routing.ts';
import { schedulesSections } from './sections/schedules.ts';
import { shaperSections } from './sections/shaper.ts';
import { shaperWizardSections } from './sections/shaperWizard.ts';
import { smallSections } from './sections/smallSections.ts';
import { snmpSections } from './sections/snmp.ts';
import { syslogSections } from './sections/syslog.ts';
import { systemSections } from './sections/system/system.ts';
import { voucherSections } from './sections/voucher.ts';
import { wakeOnLanSections } from './sections/wakeOnLan.ts';
import { wireguardSections } from './sections/wireguard.ts';

/** The whole of config.xml, from version 18 to 24.5: the children of `<pfsense>`. */
export const configSchema = group(
  'The configuration of one pfSense firewall.',
  (): Readonly<Record<string, ElementSchema>> => ({
    ...systemSections,
    ...interfacesSections,
    ...linkLayerSections,
    ...tunnelsSections,
    ...dialUpSections,
    ...wirelessSections,
    ...routingSections,
    ...highAvailabilitySections,
    ...certificatesSections,
    ...aliasesSections,
    ...filterSections,
    ...natSections,
    ...schedulesSections,
    ...shaperSections,
    ...limitersSections,
    ...shaperWizardSections,
    ...proxyArpSections,
    ...dhcpSections,
    ...dhcpv6Sections,
    ...dhcpBackendSections,
    ...dhcpRelaySections,
    ...dnsResolverSections,
    ...dnsForwarderSections,
    ...dynamicDnsSections,
    ...igmpProxySections,
    ...wakeOnLanSections,
    ...loadBalancerSections,
    ...openvpnSections,
    ...ipsecSections,
    ...wireguardSections,
    ...dialInServerSections,
    ...captivePortalSections,
    ...voucherSections,
    ...snmpSections,
    ...ntpSections,
    ...syslogSections,
    ...notificationSections,
    ...cronSections,
    ...dashboardSections,
    ...smallSections,
    ...installedPackagesSections,
  }),
);
