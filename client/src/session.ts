import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type ClosingTagAnswer,
  type ClosingTagParams,
  checkWorkspaceRequest,
  closingTagRequest,
  type EditManifestParams,
  type EditManifestResult,
  editManifestRequest,
  type LivePair,
  livePairsRequest,
  type OtherXmlParams,
  otherXmlNotification,
  type Peer,
  type PeerElement,
  type PeerElementParams,
  type PinCertificateParams,
  peerElementRequest,
  peerRequest,
  pinCertificateRequest,
  type RedactResult,
  type RenumberParams,
  type RenumberResult,
  redactRequest,
  renumberRequest,
  type SuppressParams,
  stateNotification,
  suppressRequest,
  type WorkspaceState,
  type WorkspaceSummary,
} from '../../server/src/lsp/protocol.ts';
import { Status } from './status.ts';

/** The edit of a manifest in VS Code's own terms, or the sentence why there is none. */
export type ManifestEdit =
  | { readonly manifest: vscode.Uri; readonly edit: vscode.WorkspaceEdit }
  | { readonly problem: string };

/** An element of the peer's file in VS Code's own terms; the note says why it is another than the one asked for. */
export interface PeerPlace {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly note: string | undefined;
}

/** The edit of a renumbering in VS Code's own terms, or the sentence why there is none. */
export type Renumbering = { readonly edit: vscode.WorkspaceEdit; readonly left: number } | { readonly problem: string };

/** The one connection to the language server: started when first needed, and what it last told of the workspace. */
export class Session implements vscode.Disposable {
  private starting: Promise<BaseLanguageClient> | undefined;
  private readonly status = new Status();
  private current: WorkspaceState | undefined;

  constructor(
    private readonly createClient: () => Promise<BaseLanguageClient>,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get isStarted(): boolean {
    return this.starting !== undefined;
  }

  /** What the server last told; absent before it has told anything. */
  get state(): WorkspaceState | undefined {
    return this.current;
  }

  /** The running client, started if need be. */
  client(): Promise<BaseLanguageClient> {
    this.starting ??= this.start();
    return this.starting;
  }

  async peerOf(uri: vscode.Uri): Promise<Peer | null> {
    return (await this.client()).sendRequest(peerRequest, { uri: uri.toString() });
  }

  /** Where the element at a position is in the other node's file; absent for a file in no pair. */
  async peerElement(uri: vscode.Uri, position: vscode.Position): Promise<PeerPlace | undefined> {
    const client = await this.client();
    const params: PeerElementParams = { uri: uri.toString(), position };
    const found: PeerElement | null = await client.sendRequest(peerElementRequest, params);
    if (!found) return undefined;
    const range = client.protocol2CodeConverter.asRange(found.range);
    return { uri: client.protocol2CodeConverter.asUri(found.uri), range, note: found.note };
  }

  /** The edit that gives the network of an interface another number, or the sentence why there is none. */
  async renumber(params: RenumberParams): Promise<Renumbering> {
    const client = await this.client();
    const result: RenumberResult = await client.sendRequest(renumberRequest, params);
    if ('problem' in result) return result;
    return { edit: await client.protocol2CodeConverter.asWorkspaceEdit(result.edit), left: result.left };
  }

  /** Copies of a configuration and its peer that can be shown to others, or the sentence why there are none. */
  async redact(uri: vscode.Uri): Promise<RedactResult> {
    return (await this.client()).sendRequest(redactRequest, { uri: uri.toString() });
  }

  /** What closes the element whose tag has been typed; absent where nothing is to be closed. */
  async closingTag(uri: vscode.Uri, position: vscode.Position): Promise<ClosingTagAnswer | undefined> {
    const params: ClosingTagParams = { uri: uri.toString(), position };
    const answer: ClosingTagAnswer | null = await (await this.client()).sendRequest(closingTagRequest, params);
    return answer ?? undefined;
  }

  /** Tells a server that runs whether another extension for XML is at work. */
  async tellOtherXml(params: OtherXmlParams): Promise<void> {
    await (await this.starting)?.sendNotification(otherXmlNotification, params);
  }

  async checkWorkspace(): Promise<WorkspaceSummary> {
    return (await this.client()).sendRequest(checkWorkspaceRequest);
  }

  /** The edit that writes a pair into a manifest, or the sentence why there is none. */
  async editManifest(params: EditManifestParams): Promise<ManifestEdit> {
    return this.manifestEdit(await (await this.client()).sendRequest(editManifestRequest, params));
  }

  /** The edit that writes by which certificate a node is known, or the sentence why there is none. */
  async pinCertificate(params: PinCertificateParams): Promise<ManifestEdit> {
    return this.manifestEdit(await (await this.client()).sendRequest(pinCertificateRequest, params));
  }

  /** Every pair whose firewalls can be talked to; everything is read and checked anew for it. */
  async livePairs(): Promise<readonly LivePair[]> {
    return (await this.client()).sendRequest(livePairsRequest);
  }

  /** The edit that suppresses what a rule finds at an element, or the sentence why there is none. */
  async suppress(params: SuppressParams): Promise<ManifestEdit> {
    return this.manifestEdit(await (await this.client()).sendRequest(suppressRequest, params));
  }

  dispose(): void {
    this.status.dispose();
    void this.starting?.then(client => client.dispose());
  }

  private async manifestEdit(result: EditManifestResult): Promise<ManifestEdit> {
    if ('problem' in result) return result;
    const client = await this.client();
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(result.edit);
    return { manifest: vscode.Uri.parse(result.manifest), edit };
  }

  private async start(): Promise<BaseLanguageClient> {
    const client = await this.createClient();
    client.onNotification(stateNotification, (state: WorkspaceState) => {
      this.current = state;
      this.status.show(state);
    });
    try {
      await client.start();
      return client;
    } catch (error) {
      this.starting = undefined;
      this.log.error(`The language server did not start: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  }
}
