import { URI, Utils } from 'vscode-uri';

/** One spelling for each address, so that `file:///c:/x` and `file:///c%3A/x` are the same file. */
export function normalUri(uri: string): string {
  return URI.parse(uri).toString();
}

/** The address of a path that is written relative to the file at `uri`. */
export function resolveBeside(uri: string, path: string): string {
  return Utils.resolvePath(Utils.dirname(URI.parse(uri)), path).toString();
}

/** The path to `target` as a file beside `uri` would write it, with `/`; absent where only an absolute address leads there. */
export function relativePath(uri: string, target: string): string | undefined {
  const [from, to] = [Utils.dirname(URI.parse(uri)), URI.parse(target)];
  if (from.scheme !== to.scheme || from.authority !== to.authority) return undefined;
  const here = from.path.split('/').filter(part => part !== '');
  const there = to.path.split('/').filter(part => part !== '');
  const isDrive = (part: string | undefined) => /^[a-z]:$/i.test(part ?? '');
  if ((isDrive(here[0]) || isDrive(there[0])) && here[0] !== there[0]) return undefined;
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/');
}

/** The last part of the address, decoded: the file's name. */
export function fileName(uri: string): string {
  return Utils.basename(URI.parse(uri));
}

/** The address of the folder that holds the file, ending in `/`. */
export function folderOf(uri: string): string {
  const folder = Utils.dirname(URI.parse(uri)).toString();
  return folder.endsWith('/') ? folder : `${folder}/`;
}
