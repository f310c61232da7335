import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { type Read, readAs, readText } from './read.ts';

/** How the GUI is reached, and with it XMLRPC: the sender takes protocol and port of its own GUI for the other node's (facts.md §1.8). */
export interface WebGui {
  readonly element: Element | undefined;
  /** As written; absent means `https`, as pfSense installs it (system.inc:system_webgui_start takes any other word for http). */
  readonly protocol: Read<'http' | 'https'> | undefined;
  /** 1–65535; absent means the protocol's own. */
  readonly port: Read<number> | undefined;
  /** The port that is really listened on: 443 for https and 80 for http where none is set. */
  readonly effectivePort: number;
  readonly certificate: Read<string> | undefined;
}

export function readWebGui(config: Config): WebGui {
  const element = config.find('system/webgui');
  const protocol = readAs(config, element?.child('protocol'), text =>
    text === 'http' || text === 'https' ? text : undefined,
  );
  const port = readAs(config, element?.child('port'), parsePort);
  return {
    element,
    protocol,
    port,
    effectivePort: port?.value ?? (protocol?.value === 'http' ? 80 : 443),
    certificate: element && readText(config, element, 'ssl-certref'),
  };
}

function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}
