import { isList, type RpcValue, type SectionStates, type SectionValue } from '../xmlRpc/value.ts';

/** What is run on a node with `exec_php`, and what its answers mean. The code is the same for all versions since 2.5 (facts.md §1.2, §5). */

/** Gives the file itself, in base64 so that no byte changes on the way. */
export const readConfigCode = '$toreturn = base64_encode(file_get_contents("/cf/conf/config.xml"));';

/**
 * Gives a JSON text, since XMLRPC would not tell an empty list from an empty map. `config_get_path()` is missing up to
 * 2.6, so that it reads the global.
 */
export const carpStatusCode = [
  'global $config;',
  '$vips = array();',
  'if (isset($config["virtualip"]["vip"]) && is_array($config["virtualip"]["vip"])) {',
  'foreach ($config["virtualip"]["vip"] as $vip) {',
  'if (!is_array($vip) || !isset($vip["mode"]) || $vip["mode"] != "carp") { continue; }',
  '$vips[] = array("interface" => (string)($vip["interface"] ?? ""), "vhid" => (string)($vip["vhid"] ?? ""),',
  '"subnet" => (string)($vip["subnet"] ?? ""),',
  '"status" => (string)get_carp_interface_status("_vip" . ($vip["uniqid"] ?? "")));',
  '} }',
  '$toreturn = json_encode(array("enabled" => (bool)get_carp_status(),',
  '"demotion" => (int)get_single_sysctl("net.inet.carp.demotion"),',
  '"maintenance" => isset($config["virtualip_carp_maintenancemode"]), "vips" => $vips));',
].join(' ');

/**
 * Puts sections into the config as they are, takes out those that are undefined, and writes it. `write_config` makes a
 * backup, reads again what it has written, and has a primary synchronise, as after any save. The token is answered by code
 * that has run to its end, and by nothing else.
 */
export function replaceCode(sections: SectionStates, token: string): string {
  const json = JSON.stringify(Object.fromEntries([...sections].map(([name, value]) => [name, jsonOf(value)])));
  return [
    'global $config;',
    `$sections = json_decode(base64_decode("${Buffer.from(json, 'utf8').toString('base64')}"), true);`,
    'if (is_array($sections)) {',
    'foreach ($sections as $name => $value) {',
    'if (is_null($value)) { unset($config[$name]); } else { $config[$name] = $value; } }',
    'write_config("Replaced " . implode(", ", array_keys($sections)) . " by HA Pair");',
    `$toreturn = "${token}"; }`,
  ].join(' ');
}

type Json = string | null | readonly Json[] | { readonly [name: string]: Json };

/** PHP makes of it what its parser makes of config.xml: maps and lists are arrays, what is empty is the empty text. */
function jsonOf(value: SectionValue | undefined): Json {
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  if (isList(value)) return value.map(jsonOf);
  return Object.fromEntries([...value].map(([name, child]) => [name, jsonOf(child)]));
}

/** How CARP stands on a node (facts.md §4). */
export interface CarpStatus {
  /** `net.inet.carp.allow`: false after “Temporarily Disable CARP”. */
  readonly isEnabled: boolean;
  /** `net.inet.carp.demotion`: what is added to every advskew because something on the node fails; 0 when all is well. */
  readonly demotion: number;
  /** Persistent CARP maintenance mode: every VIP advertises with 254. */
  readonly isInMaintenance: boolean;
  readonly vips: readonly CarpVipStatus[];
}

export interface CarpVipStatus {
  /** The key of its interface, such as `wan`. */
  readonly interfaceKey: string;
  readonly vhid: string;
  readonly address: string;
  /** Absent where the node has no such VIP on its interface now. */
  readonly state: 'MASTER' | 'BACKUP' | 'INIT' | undefined;
}

/** The bytes of the answer to {@link readConfigCode}; absent where it is no whole config.xml. */
export function readConfigAnswer(value: RpcValue): Uint8Array | undefined {
  if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  const bytes = Buffer.from(value, 'base64');
  return isWholeConfig(bytes) ? bytes : undefined;
}

/** Whether the bytes are a file with the root `<pfsense>` from its begin to its end. */
export function isWholeConfig(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = file.subarray(-256).toString('latin1');
  return file.includes('<pfsense') && /<\/pfsense>\s*$/.test(end);
}

/** The answer to {@link carpStatusCode}; absent where it is none. */
export function readCarpAnswer(value: RpcValue): CarpStatus | undefined {
  const status = typeof value === 'string' ? objectOf(parseJson(value)) : undefined;
  if (!status) return undefined;
  const { enabled, demotion, maintenance, vips } = status;
  if (typeof enabled !== 'boolean' || typeof demotion !== 'number' || typeof maintenance !== 'boolean')
    return undefined;
  if (!Array.isArray(vips)) return undefined;
  const read = vips.map(readVip);
  if (!read.every(vip => vip !== undefined)) return undefined;
  return { isEnabled: enabled, demotion, isInMaintenance: maintenance, vips: read };
}

function readVip(json: unknown): CarpVipStatus | undefined {
  const vip = objectOf(json);
  if (!vip) return undefined;
  const { interface: interfaceKey, vhid, subnet, status } = vip;
  if (typeof interfaceKey !== 'string' || typeof vhid !== 'string' || typeof subnet !== 'string') return undefined;
  const state = status === 'MASTER' || status === 'BACKUP' || status === 'INIT' ? status : undefined;
  return { interfaceKey, vhid, address: subnet, state };
}

function objectOf(json: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
