import { randomUUID } from 'node:crypto';
import type { ConfigVersion } from '../../model/version.ts';
import { sectionsOf } from '../xmlRpc/decode.ts';
import { type Call, encodeCall } from '../xmlRpc/encode.ts';
import { readAnswer } from '../xmlRpc/faults.ts';
import { SoundSections } from '../xmlRpc/soundSections.ts';
import { isStruct, type RpcValue, type SectionMap, type SectionStates } from '../xmlRpc/value.ts';
import { type NodeConnection, originOf } from './connection.ts';
import type { Credentials } from './credentials.ts';
import { type FailureCause, failed, isAboutCredentials, type NodeAnswer, type NodeName } from './failure.ts';
import { downloadConfig } from './guiDownload.ts';
import {
  type CarpStatus,
  carpStatusCode,
  readCarpAnswer,
  readConfigAnswer,
  readConfigCode,
  replaceCode,
} from './phpCode.ts';
import { exchange, type Limits } from './transport.ts';
import { Turns } from './turns.ts';

export interface NodeClientOptions {
  /** As people call the node, for messages: `the primary (fw1)`. */
  readonly name: string;
  readonly connection: NodeConnection;
  readonly credentials: Credentials;
}

export interface CallOptions {
  /**
   * Cancels: at once before the call goes out, and while a read runs. A write that has gone out cannot be taken back, so
   * cancelling it leaves its fate unknown.
   */
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole call; each method has its own where this is absent. */
  readonly timeout?: number;
}

export interface FirmwareVersion {
  /** Such as `2.7.2-RELEASE`; absent where the node does not tell. */
  readonly product: string | undefined;
  /** The version of its config.xml, such as `23.3`; absent where the node does not tell. */
  readonly config: string | undefined;
  /** `pfSense` on the Community Edition. */
  readonly platform: string | undefined;
}

/** How a configuration was fetched. */
export interface PulledConfig {
  /** The file, byte for byte. */
  readonly bytes: Uint8Array;
  readonly route: 'XMLRPC' | 'backup page';
}

/** Milliseconds. pfSense's own client waits 240 s, and 900 s for a restore; its web server gives up after 180 (facts.md §1.1, §1.8). */
const limit = { connect: 10_000, read: 240_000, restore: 900_000 } as const;

/**
 * One live node, over pfSense's XMLRPC (facts.md §1). Calls go one at a time, in the order in which they were made.
 *
 * Nothing is ever sent twice. Once the node has refused the credentials, every further call fails with the same answer
 * without being sent, since pfSense locks out who keeps failing: new credentials need a new client.
 */
export class NodeClient {
  private readonly name: NodeName;
  private readonly turns = new Turns();
  private credentialsFault: CallFault | undefined;

  constructor(private readonly options: NodeClientOptions) {
    const { name, connection, credentials } = options;
    this.name = { name, origin: originOf(connection), user: credentials.user };
  }

  /** Which pfSense it is. A good first call: it reads nothing but that and needs the same account as all others. */
  firmwareVersion(options: CallOptions = {}): Promise<NodeAnswer<FirmwareVersion>> {
    return this.read({ method: 'host_firmware_version', argument: '' }, options, value => {
      if (!isStruct(value)) return undefined;
      const firmware = value.get('firmware');
      const product = firmware !== undefined && isStruct(firmware) ? firmware.get('version') : undefined;
      return {
        product: textOf(product),
        config: textOf(value.get('config_version')),
        platform: textOf(value.get('platform')),
      };
    });
  }

  /** What the node now holds of these sections. Those that it has not are missing from the answer. */
  backupSections(names: readonly string[], options: CallOptions = {}): Promise<NodeAnswer<SectionMap>> {
    return this.read({ method: 'backup_config_section', argument: names }, options, sectionsOf);
  }

  /**
   * Sends sections, which pfSense replaces or merges as it does for each (facts.md §1.5). They are checked first for what
   * would break the node, whose config version the caller names.
   *
   * `accepted` says that pfSense said so, and proves nothing: it says the same after it has done nothing or has gone back to
   * a backup. What counts is what {@link backupSections} gives afterwards.
   */
  async restoreSections(
    sections: SectionMap,
    version: ConfigVersion,
    options: CallOptions = {},
  ): Promise<NodeAnswer<'accepted'>> {
    const check = SoundSections.check(sections, version);
    if (check.kind === 'refused') return failed(check, this.name);
    const call = { method: 'restore_config_section', argument: check.sections } as const;
    return this.write(call, options, value => value === true);
  }

  /**
   * Writes sections exactly as they are, which a restore cannot always do, and takes out those without a value. pfSense writes
   * them down and applies nothing of them. They are checked like {@link restoreSections}, and proved by nothing but a look.
   */
  async replaceSections(
    sections: SectionStates,
    version: ConfigVersion,
    options: CallOptions = {},
  ): Promise<NodeAnswer<'accepted'>> {
    const present = [...sections].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    const check = SoundSections.check(new Map(present), version);
    if (check.kind === 'refused') return failed(check, this.name);
    const token = randomUUID();
    const call = { method: 'exec_php', argument: replaceCode(sections, token) } as const;
    return this.write(call, options, value => value === token);
  }

  /**
   * The node's whole config.xml. Where XMLRPC does not give it to this account or on this version, the GUI's backup page is
   * asked.
   */
  pullConfig(options: CallOptions = {}): Promise<NodeAnswer<PulledConfig>> {
    return this.inTurn(options, async (): Promise<NodeAnswer<PulledConfig>> => {
      const result = await this.call({ method: 'exec_php', argument: readConfigCode }, options);
      const bytes = result.kind === 'value' ? readConfigAnswer(result.value) : undefined;
      if (bytes) return { kind: 'ok', value: { bytes, route: 'XMLRPC' } };
      const fault = result.kind === 'failed' ? result.fault : ({ kind: 'unexpected-answer' } as const);
      if (!isWorthTheGui(fault)) return failed(fault, this.name);
      const download = await downloadConfig(this.options, limitsOf(options));
      if (download.kind === 'ok') return { kind: 'ok', value: { bytes: download.value, route: 'backup page' } };
      if (download.fault.kind === 'unauthorized') this.credentialsFault = download.fault;
      const first = failed(fault, this.name).failure;
      const second = failed(download.fault, this.name).failure;
      const message = `${first.message} The backup page of its web interface did not give the file either. ${second.message}`;
      return { kind: 'failed', failure: { cause: fault, message } };
    });
  }

  /** How CARP stands on the node at this moment. */
  carpStatus(options: CallOptions = {}): Promise<NodeAnswer<CarpStatus>> {
    return this.read({ method: 'exec_php', argument: carpStatusCode }, options, readCarpAnswer);
  }

  private read<T>(
    call: Omit<Call, 'timeout'>,
    options: CallOptions,
    meaning: (value: RpcValue) => T | undefined,
  ): Promise<NodeAnswer<T>> {
    return this.inTurn(options, async (): Promise<NodeAnswer<T>> => {
      const result = await this.call(call, options);
      if (result.kind === 'failed') return failed(result.fault, this.name);
      const value = meaning(result.value);
      return value === undefined ? failed({ kind: 'unexpected-answer' }, this.name) : { kind: 'ok', value };
    });
  }

  private write(
    call: Omit<Call, 'timeout'>,
    options: CallOptions,
    isAccepted: (value: RpcValue) => boolean,
  ): Promise<NodeAnswer<'accepted'>> {
    return this.inTurn(options, async (): Promise<NodeAnswer<'accepted'>> => {
      const result = await this.call(call, { timeout: limit.restore, ...options });
      if (result.kind === 'value') {
        return isAccepted(result.value)
          ? { kind: 'ok', value: 'accepted' }
          : this.unknown({ kind: 'unexpected-answer' });
      }
      return result.isSent && !isBeforeWork(result.fault)
        ? this.unknown(result.fault)
        : failed(result.fault, this.name);
    });
  }

  private unknown(cause: CallFault): NodeAnswer<never> {
    return failed({ kind: 'fate-unknown', cause }, this.name);
  }

  private async inTurn<T>({ signal }: CallOptions, call: () => Promise<NodeAnswer<T>>): Promise<NodeAnswer<T>> {
    const turn = await this.turns.next(signal);
    if (!turn) return failed({ kind: 'cancelled' }, this.name);
    try {
      return await call();
    } finally {
      turn.end();
    }
  }

  /** Makes one call and keeps in mind whether the credentials are good for nothing. */
  private async call(call: Omit<Call, 'timeout'>, options: CallOptions): Promise<CallResult> {
    if (this.credentialsFault) return { kind: 'failed', fault: this.credentialsFault, isSent: false };
    const { connection, credentials } = this.options;
    const limits = limitsOf(options);
    const body = encodeCall({ ...call, timeout: Math.ceil(limits.total / 1000) });
    const headers = { 'content-type': 'text/xml; charset=utf-8', authorization: credentials.basic() };
    const result = await exchange(connection, { method: 'POST', path: '/xmlrpc.php', headers, body }, limits);
    if (result.kind === 'failed') return result;
    const answer = readAnswer(result.answer);
    if (answer.kind === 'value') return answer;
    if (isAboutCredentials(answer.fault)) this.credentialsFault = answer.fault;
    return { kind: 'failed', fault: answer.fault, isSent: true };
  }
}

type CallFault = Extract<FailureCause, { readonly kind: 'fate-unknown' }>['cause'];

type CallResult =
  | { readonly kind: 'value'; readonly value: RpcValue }
  | { readonly kind: 'failed'; readonly fault: CallFault; readonly isSent: boolean };

function limitsOf({ timeout = limit.read, signal }: CallOptions): Limits {
  return { connect: Math.min(limit.connect, timeout), total: timeout, signal };
}

/** Answers that pfSense or its web server gives before anything is done (xmlrpc.php checks account and parameters first). */
function isBeforeWork(fault: CallFault): boolean {
  if (fault.kind === 'not-pfsense') return fault.status >= 400 && fault.status < 500;
  const kinds: readonly CallFault['kind'][] = [
    'unauthorized',
    'not-enough-privileges',
    'no-such-method',
    'request-not-understood',
    'redirected',
    'too-large',
    'https-expected',
    'locked-out',
    'host-name-refused',
  ];
  return kinds.includes(fault.kind);
}

/** Where the account or this version is what fails, the other way may work; where the node cannot be reached, it cannot. */
function isWorthTheGui({ kind }: CallFault): boolean {
  const kinds: readonly CallFault['kind'][] = [
    'not-enough-privileges',
    'no-such-method',
    'request-not-understood',
    'php-error',
    'other-fault',
    'unexpected-answer',
  ];
  return kinds.includes(kind);
}

function textOf(value: RpcValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
