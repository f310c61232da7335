/**
 * The order in which pfSense's own forms write the children of an element, for putting a missing one where the next save
 * leaves it. `ha` of Kea: services_dhcp.inc; `hasync`: system_hasync.php; `vip`: facts.md §2.2.
 */
const orders: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    hasync: `pfsyncenabled adminsync synchronizeusers synchronizeauthservers synchronizecerts synchronizerules
      synchronizeschedules synchronizealiases synchronizenat synchronizeipsec synchronizeopenvpn synchronizedhcpd
      synchronizekea6 synchronizedhcrelay synchronizedhcrelay6 synchronizewol synchronizestaticroutes
      synchronizevirtualip synchronizetrafficshaper synchronizetrafficshaperlimiter synchronizednsforwarder
      synchronizecaptiveportal pfhostid pfsyncpeerip pfsyncinterface synchronizetoip username password`,
    ha: `enable role tls scertref mutualtls ccertref localname localip localport remotename remoteip remoteport
      heartbeatdelay maxresponsedelay maxackdelay maxunackedclients maxrejectedleaseupdates`,
    vip: 'mode interface noexpand vhid advskew advbase password uniqid descr type subnet_bits subnet',
  }).map(([parent, names]) => [parent, names.split(/\s+/)]),
);

/** The siblings that stand before a child of that name, the nearest first; none where no order is known. */
export function predecessors(parent: string, name: string): readonly string[] {
  const order = orders.get(parent) ?? [];
  return order.slice(0, Math.max(0, order.indexOf(name))).reverse();
}

/** The siblings that stand behind a child of that name, the nearest first; none where no order is known. */
export function followers(parent: string, name: string): readonly string[] {
  const order = orders.get(parent) ?? [];
  return order.includes(name) ? order.slice(order.indexOf(name) + 1) : [];
}
