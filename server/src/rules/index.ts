import carpAddressConflict from './carp/carp-address-conflict.ts';
import carpAdvbaseMismatch from './carp/carp-advbase-mismatch.ts';
import carpInterfaceMissing from './carp/carp-interface-missing.ts';
import carpMaintenanceMode from './carp/carp-maintenance-mode.ts';
import carpMaskMismatch from './carp/carp-mask-mismatch.ts';
import carpParentNotStatic from './carp/carp-parent-not-static.ts';
import carpPasswordMismatch from './carp/carp-password-mismatch.ts';
import carpPasswordMissing from './carp/carp-password-missing.ts';
import carpPasswordTruncated from './carp/carp-password-truncated.ts';
import carpPrimarySkew from './carp/carp-primary-skew.ts';
import carpSkewEmpty from './carp/carp-skew-empty.ts';
import carpSkewOrder from './carp/carp-skew-order.ts';
import carpSkewStep from './carp/carp-skew-step.ts';
import carpSubnetMismatch from './carp/carp-subnet-mismatch.ts';
import carpSubnetTooSmall from './carp/carp-subnet-too-small.ts';
import carpType from './carp/carp-type.ts';
import carpVhidDuplicate from './carp/carp-vhid-duplicate.ts';
import carpVhidInvalid from './carp/carp-vhid-invalid.ts';
import carpVhidShared from './carp/carp-vhid-shared.ts';
import carpVipAbsent from './carp/carp-vip-absent.ts';
import carpVipMissingOnPeer from './carp/carp-vip-missing-on-peer.ts';
import carpVipOnPfsyncInterface from './carp/carp-vip-on-pfsync-interface.ts';
import carpWithBridge from './carp/carp-with-bridge.ts';
import ipaliasParentFamily from './carp/ipalias-parent-family.ts';
import vipReferenceDangling from './carp/vip-reference-dangling.ts';
import vipUniqidMismatch from './carp/vip-uniqid-mismatch.ts';
import dhcpBackendMismatch from './dhcp/dhcp-backend-mismatch.ts';
import dhcpDnsNotVip from './dhcp/dhcp-dns-not-vip.ts';
import dhcpFailoverNonak from './dhcp/dhcp-failover-nonak.ts';
import dhcpFailoverPeer from './dhcp/dhcp-failover-peer.ts';
import dhcpFailoverPortsBlocked from './dhcp/dhcp-failover-ports-blocked.ts';
import dhcpFailoverRole from './dhcp/dhcp-failover-role.ts';
import dhcpGatewayNotVip from './dhcp/dhcp-gateway-not-vip.ts';
import dhcpIscDeprecated from './dhcp/dhcp-isc-deprecated.ts';
import dhcpPoolCoversAddress from './dhcp/dhcp-pool-covers-address.ts';
import dhcpPoolMismatch from './dhcp/dhcp-pool-mismatch.ts';
import dhcpPoolOutsideSubnet from './dhcp/dhcp-pool-outside-subnet.ts';
import dhcpPoolOverlap from './dhcp/dhcp-pool-overlap.ts';
import dhcpRelayNotCarp from './dhcp/dhcp-relay-not-carp.ts';
import dhcpStaticMapInvalid from './dhcp/dhcp-static-map-invalid.ts';
import radvdNotVip from './dhcp/radvd-not-vip.ts';
import dnsListensWithoutVip from './dns/dns-listens-without-vip.ts';
import firewallRuleAnyAny from './firewall/firewall-rule-any-any.ts';
import firewallRuleNotVip from './firewall/firewall-rule-not-vip.ts';
import firewallRuleUnreachable from './firewall/firewall-rule-unreachable.ts';
import gatewayAddressConflict from './gateway/gateway-address-conflict.ts';
import gatewayOutsideSubnet from './gateway/gateway-outside-subnet.ts';
import interfaceAddressDuplicate from './interface/interface-address-duplicate.ts';
import interfaceAddressPlan from './interface/interface-address-plan.ts';
import interfaceNicMismatch from './interface/interface-nic-mismatch.ts';
import interfaceOrderMismatch from './interface/interface-order-mismatch.ts';
import interfaceParentMismatch from './interface/interface-parent-mismatch.ts';
import interfaceRoleMismatch from './interface/interface-role-mismatch.ts';
import interfaceSetMismatch from './interface/interface-set-mismatch.ts';
import interfaceSubnetMismatch from './interface/interface-subnet-mismatch.ts';
import interfaceSubnetOverlap from './interface/interface-subnet-overlap.ts';
import keaHaAddressIsVip from './kea/kea-ha-address-is-vip.ts';
import keaHaEndpoints from './kea/kea-ha-endpoints.ts';
import keaHaMissing from './kea/kea-ha-missing.ts';
import keaHaNameInvalid from './kea/kea-ha-name-invalid.ts';
import keaHaRole from './kea/kea-ha-role.ts';
import keaHaRuleMissing from './kea/kea-ha-rule-missing.ts';
import keaHaTimersMismatch from './kea/kea-ha-timers-mismatch.ts';
import keaHaTlsMismatch from './kea/kea-ha-tls-mismatch.ts';
import natForwardNotVip from './nat/nat-forward-not-vip.ts';
import natOutboundAutomatic from './nat/nat-outbound-automatic.ts';
import natOutboundNotVip from './nat/nat-outbound-not-vip.ts';
import natOutboundSourceTooWide from './nat/nat-outbound-source-too-wide.ts';
import pfsyncDisabled from './pfsync/pfsync-disabled.ts';
import pfsyncHostId from './pfsync/pfsync-host-id.ts';
import pfsyncInterfaceBlocksPrivate from './pfsync/pfsync-interface-blocks-private.ts';
import pfsyncInterfaceGateway from './pfsync/pfsync-interface-gateway.ts';
import pfsyncInterfaceInvalid from './pfsync/pfsync-interface-invalid.ts';
import pfsyncInterfaceMismatch from './pfsync/pfsync-interface-mismatch.ts';
import pfsyncInterfaceShared from './pfsync/pfsync-interface-shared.ts';
import pfsyncInterfaceStaleRules from './pfsync/pfsync-interface-stale-rules.ts';
import pfsyncPeerInvalid from './pfsync/pfsync-peer-invalid.ts';
import pfsyncPeerMismatch from './pfsync/pfsync-peer-mismatch.ts';
import pfsyncRuleMissing from './pfsync/pfsync-rule-missing.ts';
import referenceDuplicate from './reference/reference-duplicate.ts';
import referenceMismatchOnPeer from './reference/reference-mismatch-on-peer.ts';
import referenceUndefined from './reference/reference-undefined.ts';
import referenceUnused from './reference/reference-unused.ts';
import type { Rule } from './rule.ts';
import elementMisspelt from './schema/element-misspelt.ts';
import elementRemoved from './schema/element-removed.ts';
import valueInvalid from './schema/value-invalid.ts';
import hasyncMissing from './sync/hasync-missing.ts';
import syncAreaOff from './sync/sync-area-off.ts';
import syncDrift from './sync/sync-drift.ts';
import syncOnSecondary from './sync/sync-on-secondary.ts';
import syncPasswordMisplaced from './sync/sync-password-misplaced.ts';
import syncPasswordMissing from './sync/sync-password-missing.ts';
import syncStale from './sync/sync-stale.ts';
import syncTargetMismatch from './sync/sync-target-mismatch.ts';
import syncUserMissing from './sync/sync-user-missing.ts';
import syncUserPrivilege from './sync/sync-user-privilege.ts';
import syncWebguiPortMismatch from './sync/sync-webgui-port-mismatch.ts';
import syncWebguiProtocolMismatch from './sync/sync-webgui-protocol-mismatch.ts';
import syncWebguiRuleMissing from './sync/sync-webgui-rule-missing.ts';
import systemHostnameSame from './system/system-hostname-same.ts';
import systemTimeserversMissing from './system/system-timeservers-missing.ts';
import systemVersionMismatch from './system/system-version-mismatch.ts';
import vpnEndpointNotVip from './vpn/vpn-endpoint-not-vip.ts';
import documentKind from './xml/document-kind.ts';
import xmlCharacterUnsafe from './xml/xml-character-unsafe.ts';
import xmlContentLost from './xml/xml-content-lost.ts';
import xmlDuplicateElement from './xml/xml-duplicate-element.ts';
import xmlEntityUndefined from './xml/xml-entity-undefined.ts';
import xmlSyntax from './xml/xml-syntax.ts';
import xmlTagCase from './xml/xml-tag-case.ts';

/** Every rule, by topic and then by id. A test holds this against the files. */
export const rules: readonly Rule[] = [
  carpAddressConflict,
  carpAdvbaseMismatch,
  carpInterfaceMissing,
  carpMaintenanceMode,
  carpMaskMismatch,
  carpParentNotStatic,
  carpPasswordMismatch,
  carpPasswordMissing,
  carpPasswordTruncated,
  carpPrimarySkew,
  carpSkewEmpty,
  carpSkewOrder,
  carpSkewStep,
  carpSubnetMismatch,
  carpSubnetTooSmall,
  carpType,
  carpVhidDuplicate,
  carpVhidInvalid,
  carpVhidShared,
  carpVipAbsent,
  carpVipMissingOnPeer,
  carpVipOnPfsyncInterface,
  carpWithBridge,
  ipaliasParentFamily,
  vipReferenceDangling,
  vipUniqidMismatch,
  dhcpBackendMismatch,
  dhcpDnsNotVip,
  dhcpFailoverNonak,
  dhcpFailoverPeer,
  dhcpFailoverPortsBlocked,
  dhcpFailoverRole,
  dhcpGatewayNotVip,
  dhcpIscDeprecated,
  dhcpPoolCoversAddress,
  dhcpPoolMismatch,
  dhcpPoolOutsideSubnet,
  dhcpPoolOverlap,
  dhcpRelayNotCarp,
  dhcpStaticMapInvalid,
  radvdNotVip,
  dnsListensWithoutVip,
  firewallRuleAnyAny,
  firewallRuleNotVip,
  firewallRuleUnreachable,
  gatewayAddressConflict,
  gatewayOutsideSubnet,
  interfaceAddressDuplicate,
  interfaceAddressPlan,
  interfaceNicMismatch,
  interfaceOrderMismatch,
  interfaceParentMismatch,
  interfaceRoleMismatch,
  interfaceSetMismatch,
  interfaceSubnetMismatch,
  interfaceSubnetOverlap,
  keaHaAddressIsVip,
  keaHaEndpoints,
  keaHaMissing,
  keaHaNameInvalid,
  keaHaRole,
  keaHaRuleMissing,
  keaHaTimersMismatch,
  keaHaTlsMismatch,
  natForwardNotVip,
  natOutboundAutomatic,
  natOutboundNotVip,
  natOutboundSourceTooWide,
  pfsyncDisabled,
  pfsyncHostId,
  pfsyncInterfaceBlocksPrivate,
  pfsyncInterfaceGateway,
  pfsyncInterfaceInvalid,
  pfsyncInterfaceMismatch,
  pfsyncInterfaceShared,
  pfsyncInterfaceStaleRules,
  pfsyncPeerInvalid,
  pfsyncPeerMismatch,
  pfsyncRuleMissing,
  referenceDuplicate,
  referenceMismatchOnPeer,
  referenceUndefined,
  referenceUnused,
  elementMisspelt,
  elementRemoved,
  valueInvalid,
  hasyncMissing,
  syncAreaOff,
  syncDrift,
  syncOnSecondary,
  syncPasswordMisplaced,
  syncPasswordMissing,
  syncStale,
  syncTargetMismatch,
  syncUserMissing,
  syncUserPrivilege,
  syncWebguiPortMismatch,
  syncWebguiProtocolMismatch,
  syncWebguiRuleMissing,
  systemHostnameSame,
  systemTimeserversMissing,
  systemVersionMismatch,
  vpnEndpointNotVip,
  documentKind,
  xmlCharacterUnsafe,
  xmlContentLost,
  xmlDuplicateElement,
  xmlEntityUndefined,
  xmlSyntax,
  xmlTagCase,
];
