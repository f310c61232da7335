import { createHash, X509Certificate } from 'node:crypto';
import { makeCertificate, type TestCertificate } from '../../harness/selfSigned.ts';
import { WebConfigurator } from '../gui/webConfigurator.ts';
import { arrayAt, deleteAt, isArray, type PhpArray, setAt, textAt, toInteger } from '../php/value.ts';
import type { Release } from '../release.ts';
import { type SyncResult, synchronise } from '../sync/peerSync.ts';
import { readConfig } from '../xml/readConfig.ts';
import { answerXmlRpc, calledMethod } from '../xmlRpc/endpoint.ts';
import { Accounts, type Passwords } from './accounts.ts';
import type { Question } from './answer.ts';
import { ConfigStore } from './configStore.ts';
import { type Fault, type FaultOrder, Faults } from './faults.ts';
import { answerWithFaults } from './faultyAnswers.ts';
import { HttpFront } from './httpFront.ts';
import { Lockout } from './lockout.ts';
import { guiEndpoint, type Network } from './network.ts';
import { NodeRequest, type RequestHost } from './nodeRequest.ts';

export interface NodeOptions {
  /** What it is called in logs: `primary`. */
  readonly name: string;
  readonly text: string;
  readonly release: Release;
  readonly network: Network;
  /** Passwords of local users, by name. */
  readonly passwords: Passwords;
  /** What is spoken on loopback, whatever the config says. */
  readonly protocol: 'http' | 'https';
  /** 0 for any that is free. */
  readonly port: number;
  /** So many failed logins lock a caller out; Infinity for never. */
  readonly lockoutAfter: number;
  /** How long it takes after a save until the node synchronises. */
  readonly syncDelayMilliseconds: number;
  readonly syncRetryMilliseconds: number;
  /** As whom callers come along that are no node. */
  readonly callerAddress: string;
  readonly kernelVersion: string;
  readonly now: () => Date;
  /** Told of every line of the system log. */
  readonly onLog: (line: string) => void;
}

/** A change by somebody in the GUI. */
export interface GuiSave {
  readonly description?: string;
  /** As it goes into the revision. */
  readonly user?: string;
}

/** One pfSense: its config.xml, XMLRPC, the GUI's backup page, and the sync to the other node after every save. */
export class SimulatedNode implements RequestHost {
  readonly name: string;
  readonly store: ConfigStore;
  readonly accounts = new Accounts();
  readonly lockout: Lockout;
  readonly kernelVersion: string;
  readonly now: () => Date;
  readonly files = new Map<string, string>();
  /** What the system log says, the newest last. */
  readonly logLines: string[] = [];
  /** The bodies of the calls that this node made of its peer. */
  readonly syncRequests: string[] = [];
  /** How its syncs ended, the newest last. */
  readonly syncResults: SyncResult[] = [];
  /** The calls of XMLRPC and the pages that were asked for by others than the peer, in order. */
  readonly calls: string[] = [];
  carpAllowed = true;
  /** As whom callers come along that are no node. */
  callerAddress: string;
  /** Set by a test that wants a VIP to be in another state than its advskew gives. */
  carpStateOverride: ((vip: PhpArray) => 'MASTER' | 'BACKUP' | 'INIT' | undefined) | undefined;

  readonly #options: NodeOptions;
  readonly #faults = new Faults();
  readonly #gui: WebConfigurator;
  readonly #front: HttpFront;
  #peer: SimulatedNode | undefined;
  #certificate: TestCertificate;
  #syncTimer: NodeJS.Timeout | undefined;
  #syncing: Promise<void> | undefined;
  #syncFailures = 0;
  #isDisposed = false;
  /** The end of the call that runs now: xmlrpc.php takes one after the other (facts.md §1.1). */
  #lock: Promise<unknown> = Promise.resolve();

  private constructor(options: NodeOptions) {
    const { text, release, now } = options;
    this.#options = options;
    this.name = options.name;
    this.kernelVersion = options.kernelVersion;
    this.callerAddress = options.callerAddress;
    this.now = now;
    this.store = new ConfigStore(text, { release, now });
    this.accounts.learn(this.store.config, options.passwords);
    this.lockout = new Lockout(options.lockoutAfter);
    this.#gui = new WebConfigurator(this);
    this.#certificate = this.#newCertificate();
    this.#front = new HttpFront({ protocol: options.protocol, certificate: this.#certificate, answer: this.#answer });
    options.network.add({ name: this.name, config: () => this.store.config, listensAt: () => this.#front });
  }

  static async start(options: NodeOptions): Promise<SimulatedNode> {
    const node = new SimulatedNode(options);
    await node.#front.listen(options.port);
    return node;
  }

  /** Where a client reaches it. */
  get url(): string {
    return `${this.#front.protocol}://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return this.#front.port;
  }

  /** The file as it stands on disk. */
  get text(): string {
    return this.store.text;
  }

  /** SHA-256 of the certificate as pairs of capital hexadecimal digits with colons. */
  get fingerprint(): string {
    const { raw } = new X509Certificate(this.#certificate.cert);
    return (createHash('sha256').update(raw).digest('hex').toUpperCase().match(/../g) ?? []).join(':');
  }

  get certificate(): string {
    return this.#certificate.cert;
  }

  /** Has one call or more go wrong. */
  orderFault(fault: Fault, order?: FaultOrder): void {
    this.#faults.order(fault, order);
  }

  cancelFaults(): void {
    this.#faults.cancelAll();
    this.#syncFailures = 0;
  }

  /** Whether everything that was ordered has happened. */
  get faultsAreUsedUp(): boolean {
    return this.#faults.areUsedUp && this.#syncFailures === 0;
  }

  /** Has the next syncs of this node come to nothing, as with a cable that is out. */
  orderSyncFailure(times = 1): void {
    this.#syncFailures += times;
  }

  /** Puts a new certificate into use, as the yearly renewal does; idle connections with the old one end. */
  changeCertificate(): void {
    this.#certificate = this.#newCertificate();
    this.#front.use(this.#certificate);
  }

  /** What happens when an administrator saves in the GUI: the file is rewritten, and the node synchronises. */
  saveInGui(edit: (text: string) => string, save: GuiSave = {}): void {
    const user = save.user ?? 'admin@192.0.2.99 (Local Database)';
    const request = new NodeRequest(this, '192.0.2.99');
    request.config = readConfig(edit(this.store.text), this.store.release);
    request.save(save.description ?? 'Saved in the GUI', user);
  }

  /** Told of the other node, against which CARP elects. */
  meet(peer: SimulatedNode): void {
    this.#peer = peer;
  }

  readonly log = (line: string): void => {
    this.logLines.push(line);
    this.#options.onLog(line);
  };

  readonly saved = (): void => {
    if (this.#isDisposed) return;
    this.#syncTimer ??= setTimeout(() => {
      this.#syncTimer = undefined;
      // One after the other: what was saved during one sync goes with the next.
      const syncing = (this.#syncing ?? Promise.resolve()).then(() => this.#synchronise());
      this.#syncing = syncing;
      void syncing.then(() => {
        if (this.#syncing === syncing) this.#syncing = undefined;
      });
    }, this.#options.syncDelayMilliseconds);
  };

  /** MASTER is who advertises more often; a node alone is. */
  readonly carpState = (vip: PhpArray): 'MASTER' | 'BACKUP' | 'INIT' => {
    const overridden = this.carpStateOverride?.(vip);
    if (overridden) return overridden;
    if (!this.carpAllowed) return 'INIT';
    const own = this.#advskewOf(vip) ?? 254;
    const other = this.#peer?.carpAllowed ? this.#peer.#advskewOf(vip) : undefined;
    return other === undefined || own < other || (own === other && this.name === 'primary') ? 'MASTER' : 'BACKUP';
  };

  /** Resolves when no call and no sync is under way or about to be. */
  async settled(): Promise<void> {
    while (this.#syncTimer || this.#syncing) {
      if (this.#syncing) await this.#syncing;
      else await new Promise(done => setTimeout(done, 5));
    }
    await this.#lock;
    if (this.#syncTimer || this.#syncing) await this.settled();
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#syncTimer);
    this.#syncTimer = undefined;
    await this.#front.close();
    await this.#syncing;
  }

  readonly #answer = async (question: Omit<Question, 'caller'>, remotePort: number | undefined) => {
    const source = this.#options.network.sourceOf(remotePort);
    const caller = source ?? this.callerAddress;
    if (this.lockout.isLockedOut(caller)) return 'dropped';
    const whole: Question = { ...question, caller };
    const [path = ''] = question.path.split('?');
    const isXmlRpc = path === '/xmlrpc.php';
    const call = isXmlRpc ? calledMethod(whole) : path;
    if (source === undefined) this.calls.push(call);
    const faults = this.#faults.take({ call, isPeer: source !== undefined });
    return answerWithFaults(faults, {
      carryOut: () => (isXmlRpc ? this.#locked(() => answerXmlRpc(whole, this)) : this.#gui.answer(whole)),
      save: edit => this.saveInGui(edit),
      changeCertificate: () => this.changeCertificate(),
    });
  };

  #locked<T>(run: () => T): Promise<T> {
    const result = this.#lock.then(run);
    this.#lock = result.catch(() => undefined);
    return result;
  }

  async #synchronise(): Promise<void> {
    if (this.#syncFailures > 0 && textAt(this.store.config, 'hasync/synchronizetoip') !== '') {
      this.#syncFailures--;
      this.log('A communications error occurred while attempting to call XMLRPC method restore_config_section.');
      this.syncResults.push('failed');
    } else {
      const result = await synchronise({
        config: this.store.config,
        release: this.store.release,
        network: this.#options.network,
        log: this.log,
        retryMilliseconds: this.#options.syncRetryMilliseconds,
        sent: body => this.syncRequests.push(body),
        isStopped: () => this.#isDisposed,
      });
      if (result !== 'nothing') this.syncResults.push(result);
      if (result === 'done') this.#takeNewPassword();
    }
  }

  /** A new password of the sync account was sent with the old one; from now on the node uses it itself (facts.md §2.3). */
  #takeNewPassword(): void {
    const password = textAt(this.store.config, 'hasync/new_password');
    if (password === '') return;
    const request = new NodeRequest(this, '');
    setAt(request.config, 'hasync/password', password);
    deleteAt(request.config, 'hasync/new_password');
    request.save('Update XMLRPC sync password.', '(system)');
  }

  /** What the node's VIP of that interface and VHID advertises with; undefined without one. */
  #advskewOf(vip: PhpArray): number | undefined {
    const own = [...arrayAt(this.store.config, 'virtualip/vip').values()]
      .filter(isArray)
      .find(each => ['mode', 'interface', 'vhid'].every(key => textAt(each, key) === textAt(vip, key)));
    if (!own) return undefined;
    return this.store.config.has('virtualip_carp_maintenancemode') ? 254 : toInteger(own.get('advskew'));
  }

  #newCertificate(): TestCertificate {
    const host = textAt(this.store.config, 'system/hostname') || this.name;
    const commonName = `${host}-${guiEndpoint(this.store.config).port.toString(16)}`;
    return makeCertificate({ commonName, names: [commonName, 'localhost', '127.0.0.1'] });
  }
}
