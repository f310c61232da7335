import { URI } from 'vscode-uri';

/** What to call files in a sentence: their name, with as many folders before it as tell them apart. */
export function shortNames(uris: readonly string[]): ReadonlyMap<string, string> {
  const paths = new Map(
    uris.map(uri => [
      uri,
      URI.parse(uri)
        .path.split('/')
        .filter(part => part !== ''),
    ]),
  );
  const tail = (uri: string, parts: number) => (paths.get(uri) ?? []).slice(-parts).join('/');
  const names = new Map<string, string>();
  for (const uri of uris) {
    const deepest = paths.get(uri)?.length ?? 1;
    let parts = 1;
    while (parts < deepest && uris.some(other => other !== uri && tail(other, parts) === tail(uri, parts))) parts++;
    names.set(uri, tail(uri, parts) || uri);
  }
  return names;
}
