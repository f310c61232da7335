import {
  arrayAt,
  copyOf,
  deleteAt,
  isArray,
  type PhpArray,
  type PhpValue,
  setAt,
  textAt,
  toText,
  valueAt,
} from '../php/value.ts';
import type { Release } from '../release.ts';
import { writeConfig } from '../xml/writeConfig.ts';

/** What pfSense's own functions need of the node that they run on. */
export interface NodeServices {
  readonly release: Release;
  /** The config of this request: changed in memory until it is written. */
  readonly config: () => PhpArray;
  readonly reload: () => void;
  readonly save: (description: string) => PhpArray;
  readonly readFile: (path: string) => string | undefined;
  readonly writeFile: (path: string, text: string) => void;
  readonly removeFile: (path: string) => boolean;
  readonly carpState: (vip: PhpArray) => 'MASTER' | 'BACKUP' | 'INIT';
  readonly carpAllowed: () => boolean;
  readonly carpDemotion: () => number;
  readonly now: () => Date;
}

type PfsenseFunction = (services: NodeServices, ...values: readonly PhpValue[]) => PhpValue;

const text = toText;

/** The functions of config.lib.inc, pfsense-utils.inc and PHP's for files, as far as a client of ours needs them. */
const functions: Readonly<Record<string, PfsenseFunction>> = {
  copy: (services, from, to) => {
    const content = services.readFile(text(from));
    if (content === undefined) return false;
    services.writeFile(text(to), content);
    return true;
  },
  dump_xml_config: (services, config) => writeConfig(isArray(config) ? config : new Map(), services.release),
  file_exists: (services, path) => services.readFile(text(path)) !== undefined,
  file_get_contents: (services, path) => services.readFile(text(path)) ?? false,
  file_put_contents: (services, path, content) => {
    services.writeFile(text(path), text(content));
    return Buffer.byteLength(text(content));
  },
  get_carp_interface_status: (services, id) => {
    const vip = vipNamed(services.config(), text(id));
    return vip?.has('vhid') ? services.carpState(vip) : '';
  },
  get_carp_status: services => services.carpAllowed(),
  get_single_sysctl: (services, name) => {
    if (name === 'net.inet.carp.allow') return services.carpAllowed() ? '1' : '0';
    return name === 'net.inet.carp.demotion' ? String(services.carpDemotion()) : '';
  },
  gethostname: services =>
    `${textAt(services.config(), 'system/hostname')}.${textAt(services.config(), 'system/domain')}`,
  include: () => true,
  include_once: () => true,
  init_config_arr: (services, keys) => {
    const path = isArray(keys) ? [...keys.values()].map(text).join('/') : '';
    if (!isArray(valueAt(services.config(), path))) setAt(services.config(), path, new Map());
    return null;
  },
  parse_config: services => {
    services.reload();
    return services.config();
  },
  phpversion: services => (services.release.php === 7 ? '7.4.20' : '8.2.11'),
  require: () => true,
  require_once: () => true,
  time: services => Math.floor(services.now().getTime() / 1000),
  unlink: (services, path) => services.removeFile(text(path)),
  unlink_if_exists: (services, path) => services.removeFile(text(path)),
  write_config: (services, description) => services.save(text(description)),
};

/** Those that came with 2.7. */
const pathFunctions: Readonly<Record<string, PfsenseFunction>> = {
  config_del_path: (services, path) => {
    const before = valueAt(services.config(), text(path)) ?? null;
    deleteAt(services.config(), text(path));
    return before;
  },
  config_get_path: (services, path, fallback = null) => {
    const value = text(path) === '' ? services.config() : valueAt(services.config(), text(path));
    return value === undefined || (value === '' && fallback !== null) ? fallback : copyOf(value);
  },
  config_path_enabled: (services, path, key = 'enable') => {
    const value = arrayAt(services.config(), text(path)).get(text(key));
    return value !== undefined && value !== null && value !== false;
  },
  config_set_path: (services, path, value = null) => {
    setAt(services.config(), text(path), copyOf(value));
    return value;
  },
};

/** @returns undefined where the release has no such function */
export function callPfsense(name: string, services: NodeServices, values: readonly PhpValue[]): PhpValue | undefined {
  return functionNamed(name, services.release)?.(services, ...values);
}

export function hasPfsenseFunction(name: string, release: Release): boolean {
  return functionNamed(name, release) !== undefined;
}

function functionNamed(name: string, release: Release): PfsenseFunction | undefined {
  if (Object.hasOwn(functions, name)) return functions[name];
  return release.hasConfigPaths && Object.hasOwn(pathFunctions, name) ? pathFunctions[name] : undefined;
}

function vipNamed(config: PhpArray, id: string): PhpArray | undefined {
  return [...arrayAt(config, 'virtualip/vip').values()]
    .filter(isArray)
    .find(vip => `_vip${textAt(vip, 'uniqid')}` === id);
}
