import assert from 'node:assert/strict';
import type { ConfigVersion } from '../../../../server/src/model/version.ts';
import type { Role } from '../../../../server/src/pair/manifest.ts';
import { replaceCode } from '../../../../server/src/sync/node/phpCode.ts';
import { makePlan } from '../../../../server/src/sync/plan/makePlan.ts';
import type { Plan } from '../../../../server/src/sync/plan/plan.ts';
import type { LiveState, PlanInput, PlanNode } from '../../../../server/src/sync/plan/planInput.ts';
import { configOfBytes } from '../../../../server/src/sync/plan/readLive.ts';
import { nodeKeyOf } from '../../../../server/src/sync/store/nodeKey.ts';
import { decodeResponse, sectionsOf } from '../../../../server/src/sync/xmlRpc/decode.ts';
import { type Call, encodeCall } from '../../../../server/src/sync/xmlRpc/encode.ts';
import { SoundSections } from '../../../../server/src/sync/xmlRpc/soundSections.ts';
import type { RpcValue, SectionMap, SectionStates } from '../../../../server/src/sync/xmlRpc/value.ts';
import type { PairTexts } from '../../../harness/mutate.ts';
import { ConfigStore } from '../../../simulator/node/configStore.ts';
import { NodeRequest, type RequestHost } from '../../../simulator/node/nodeRequest.ts';
import { type PhpValue, textAt } from '../../../simulator/php/value.ts';
import type { Release } from '../../../simulator/release.ts';
import { SyncBrokenOff, sectionsToSend } from '../../../simulator/sync/sections.ts';
import { readCall, writeCall, writeResponse } from '../../../simulator/xmlRpc/codec.ts';
import { methods } from '../../../simulator/xmlRpc/methods.ts';
import { filesOf } from '../livePair.ts';

/**
 * A simulated node without a network, for thousands of calls: what it is sent and what it answers goes through XML-RPC on
 * both ends all the same. Whoever starts it says when it synchronises.
 */
export class NodeInMemory {
  readonly store: ConfigStore;
  private readonly host: RequestHost;

  constructor(
    text: string,
    private readonly release: Release,
  ) {
    this.store = new ConfigStore(text, { release, now });
    const carpState = () => 'MASTER' as const;
    const host = { kernelVersion: '1', log: ignore, saved: ignore, carpState, carpAllowed: true, now };
    this.host = { ...host, store: this.store, files: new Map() };
  }

  /** As its config says, which a test may have changed. */
  get version(): string {
    return textAt(this.store.config, 'version');
  }

  /** What a plan is made from. */
  live(): LiveState {
    return {
      firmware: { product: this.release.productVersion, config: this.version, platform: 'pfSense' },
      sections: this.sections([...this.store.config.keys()].map(String)),
      disk: configOfBytes(Buffer.from(this.store.text)),
      carp: undefined,
    };
  }

  sections(names: readonly string[]): SectionMap {
    const sections = sectionsOf(this.call({ method: 'backup_config_section', argument: names }));
    assert.ok(sections);
    return sections;
  }

  restore(sections: SectionMap, version: ConfigVersion): void {
    const check = SoundSections.check(sections, version);
    assert.ok(check.kind === 'sound', JSON.stringify(check));
    assert.equal(this.call({ method: 'restore_config_section', argument: check.sections }), true);
  }

  replace(sections: SectionStates): void {
    assert.equal(this.call({ method: 'exec_php', argument: replaceCode(sections, 'written') }), 'written');
  }

  /** What the primary does after a save, whatever address it has for the secondary. */
  synchroniseTo(secondary: NodeInMemory): void {
    if (textAt(this.store.config, 'hasync/synchronizetoip') === '' || this.version !== secondary.version) return;
    try {
      const sections = sectionsToSend(this.store.config, this.release);
      if (sections)
        secondary.answer(writeCall({ method: 'pfsense.restore_config_section', parameters: [sections, 900] }));
    } catch (error) {
      if (!(error instanceof SyncBrokenOff)) throw error;
    }
  }

  private call(call: Omit<Call, 'timeout'>): RpcValue {
    const value = this.answer(encodeCall({ ...call, timeout: 60 }));
    const decoded = decodeResponse(writeResponse({ kind: 'value', value }));
    assert.ok(decoded.kind === 'value', decoded.kind);
    return decoded.value;
  }

  private answer(body: string): PhpValue {
    const call = readCall(body);
    const method = call && methods[call.method.replace('pfsense.', '')];
    assert.ok(call && method, body.slice(0, 200));
    return method.run(new NodeRequest(this.host, '192.0.2.77'), ...call.parameters);
  }
}

export type NodesInMemory = Readonly<Record<Role, NodeInMemory>>;

/** What a test may want otherwise than a healthy pair whose files were never pulled. */
export interface PlanOptions extends Partial<Pick<PlanInput, 'execPhp' | 'errors' | 'ownAddresses'>> {
  /** What was pulled from both. */
  readonly bases?: PairTexts;
  /** What the primary says of itself otherwise. */
  readonly primary?: Partial<LiveState>;
}

/** A plan over these nodes, to bring them these files. */
export function planOf(nodes: NodesInMemory, wanted: PairTexts, options: PlanOptions = {}): Plan {
  const { bases, primary, execPhp = 'forbidden', errors = [], ownAddresses = [] } = options;
  const files = filesOf(wanted);
  const node = (role: Role, live: LiveState): PlanNode => {
    const { host, origin } = nodeKeyOf(`https://${role}.example.org`, files[role]);
    return { file: files[role], host, origin, live, base: bases && filesOf(bases)[role] };
  };
  const both = {
    primary: node('primary', { ...nodes.primary.live(), ...primary }),
    secondary: node('secondary', nodes.secondary.live()),
  };
  return makePlan({ pair: 'hq', nodes: both, errors, execPhp, ownAddresses });
}

function ignore(): void {}

function now(): Date {
  return new Date(0);
}
