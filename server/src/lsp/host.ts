/**
 * What the server needs of the place where it runs, and LSP does not give: files that are not open. The server itself
 * runs wherever JavaScript does; disk.ts is this port on Node, and a worker in a browser has one without files.
 *
 * No function here fails: what cannot be read is absent.
 */
export interface Host {
  /**
   * The first `most` bytes of a file, and how many it has in all. Absent where there is no such file, it cannot be
   * read, or its address is of a kind that the host cannot reach (`untitled:`, `vscode-vfs:`).
   */
  read(uri: string, most: number): Promise<FileContent | undefined>;
  /** The addresses of the files in a folder, without those in folders below. */
  filesIn(folder: string): AsyncIterable<string>;
  /** The addresses of the files in a folder and everywhere below, without those that no person keeps configs in. */
  filesBelow(folder: string): AsyncIterable<string>;
  /** The address of the folder with the rules' pages; absent where there is none. It ends in `/`. */
  readonly documentationBase: string | undefined;
  /** Runs something once the messages that have arrived by now have been read. */
  nextTurn(run: () => void): void;
}

export interface FileContent {
  readonly bytes: Uint8Array;
  readonly size: number;
}
