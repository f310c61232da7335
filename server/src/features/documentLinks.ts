import { parseAddress, sameAddress } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import { readInterfaces } from '../model/interfaces.ts';
import { valuePlace } from '../model/read.ts';
import { schemaPlaceOf } from '../model/schemaPlaces.ts';
import { documentationUrl } from '../schema/documentation.ts';
import { isListTag } from '../schema/listTags.ts';
import type { Element, Place } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** A text that leads somewhere else. */
export interface DocumentLink {
  readonly place: Place;
  /** A page of Netgate's documentation, or the other node's file. */
  readonly to: { readonly page: string } | { readonly peer: Config };
}

/**
 * The links of a file: the name of a section, and of the first item of a list in it, leads to the page about it where the
 * schema knows one; the name of the root, and the peer's address on the High Availability page, to the other node's file.
 */
export function documentLinks({ config, peer }: Snapshot): readonly DocumentLink[] {
  const links = peer ? peerLinks(config, peer) : [];
  const sections = new Set<string>();
  for (const branch of config.document.tree.branches) {
    const { top } = branch;
    if (sections.has(top.name)) continue;
    sections.add(top.name);
    links.push(...pageLinks(top));
  }
  return links;
}

function pageLinks(section: Element): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  const pages = new Set<string>();
  const add = (element: Element) => {
    const page = schemaPlaceOf(element)?.schema.docs;
    if (page === undefined || pages.has(page)) return;
    pages.add(page);
    links.push({ place: element.namePlace, to: { page: documentationUrl(page) } });
  };
  add(section);
  const heads = new Set<string>();
  for (const child of section.children()) {
    if (heads.has(child.name) || !(child.hasChildren || isListTag(child.name))) continue;
    heads.add(child.name);
    add(child);
  }
  return links;
}

function peerLinks(config: Config, peer: Config): DocumentLink[] {
  const { root, spine } = config.document.tree;
  if (!root) return [];
  const name: Place = { anchor: spine, from: root.start + 1 - spine.start, to: root.nameEnd - spine.start };
  const addresses = ['hasync/synchronizetoip', 'hasync/pfsyncpeerip'].flatMap(path => config.find(path) ?? []);
  return [name, ...addresses.filter(each => isAddressOf(peer, config.text(each))).map(valuePlace)].map(place => ({
    place,
    to: { peer },
  }));
}

/** Whether an interface of the node has that address. */
function isAddressOf(config: Config, text: string): boolean {
  const address = parseAddress(text);
  return [...config.query(readInterfaces).values()].some(({ ipv4, ipv6 }) =>
    [ipv4, ipv6].some(own => address && own && sameAddress(own.address.value, address)),
  );
}
