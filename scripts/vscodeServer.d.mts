/** The types of vscodeServer.mjs for the window tests; the comments stand there. */
export declare function createProfile(folder: string, settings?: Readonly<Record<string, unknown>>): void;

export declare function installExtension(options: { readonly profile: string; readonly vsix: string }): Promise<void>;

export interface VscodeServer {
  readonly port: number;
  readonly url: string;
  /** Settles when the server process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
  log(): string;
}

export declare function startServer(options: {
  readonly profile: string;
  readonly token?: string;
  readonly reconnectionGraceSeconds?: number;
  readonly trust?: 'by settings';
}): Promise<VscodeServer>;
