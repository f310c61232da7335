import { type ElementSchema, flag, group, integer, text, value } from '../../elementSchema.ts';

const parent = text('The interface or virtual address from which the tunnel starts.');
const remote = value('The outer address of the other end.', { type: 'address' });

/** Interfaces > GIFs: interfaces_gif_edit.php, interfaces.inc:interface_gif_configure. */
const gif = group('A tunnel by gif(4): IPv4 or IPv6 in either.', {
  if: parent,
  ipaddr: value('Of an IP alias on that interface: its address.', { type: 'address' }),
  'tunnel-local-addr': value('The inner address of this end.', { type: 'address' }),
  'tunnel-remote-addr': value('The inner address of the other end.', { type: 'address' }),
  'tunnel-remote-net': integer('The prefix length of the inner addresses.', { max: 128 }),
  'remote-addr': remote,
  descr: text('What the tunnel is for.'),
  link1: flag('The congestion marks of the outer packet are kept in the inner one.'),
  link2: flag('Packets are taken from any outer address.'),
  gifif: text('The name of the tunnel as a port, such as gif0.'),
});

/** Interfaces > GREs: interfaces_gre_edit.php, interfaces.inc:interface_gre_configure. */
const gre = group('A tunnel by gre(4).', {
  if: parent,
  'tunnel-local-addr': value('The inner IPv4 address of this end.', { type: 'address' }),
  'tunnel-remote-addr': value('The inner IPv4 address of the other end.', { type: 'address' }),
  'tunnel-local-addr6': value('The inner IPv6 address of this end.', { type: 'address', family: 6 }, { since: 20.2 }),
  'tunnel-remote-addr6': value(
    'The inner IPv6 address of the other end.',
    { type: 'address', family: 6 },
    {
      since: 20.2,
    },
  ),
  'tunnel-remote-net': integer('The prefix length of the inner IPv4 addresses.', { max: 128 }),
  'tunnel-remote-net6': integer('The prefix length of the inner IPv6 addresses.', { max: 128 }, { since: 20.2 }),
  'remote-addr': remote,
  descr: text('What the tunnel is for.'),
  link1: flag('A static route to the other end is added.'),
  link0: flag('A mark of older releases.'),
  link2: flag('A mark of older releases.'),
  mtu: integer('The largest packet, which old releases kept here and not on the interface.', {}),
  greif: text('The name of the tunnel as a port, such as gre0.'),
});

export const tunnelsSections: Readonly<Record<string, ElementSchema>> = {
  gifs: group('GIF tunnels.', { gif }, { docs: 'interfaces/gif.html' }),
  gres: group('GRE tunnels.', { gre }, { docs: 'interfaces/gre.html' }),
};
