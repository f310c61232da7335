import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { parseElementPath } from '../model/elementPath.ts';
import type { TextSource } from '../syntax/tree.ts';
import type {
  Manifest,
  ManifestFault,
  ManifestNode,
  ManifestPair,
  ManifestRuleSetting,
  ManifestSuppression,
  NamedFile,
} from './manifest.ts';
import { duplicateKeys, insideQuotes, type JsonText, schemaFaults, syntaxFaults } from './manifestFaults.ts';
import { resolveBeside } from './uri.ts';

/** Reads what a manifest says, as far as it can be read, and tells what is wrong with it. Never fails. */
export function readManifest(source: TextSource): Manifest {
  const text = source.buffer.toString();
  const errors: ParseError[] = [];
  // Comments and trailing commas are read all the same; as the file is plain JSON elsewhere, they are faults.
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: true });
  const json: JsonText = { source, text, root };
  const suppressions = childrenOf(root && findNodeAtLocation(root, ['suppressions']));
  return {
    source,
    pairs: childrenOf(root && findNodeAtLocation(root, ['pairs'])).flatMap(node => readPair(json, node)),
    rules: readRules(root),
    ruleKeys: propertiesOf(root && findNodeAtLocation(root, ['rules'])).map(([key]) => ({
      id: String(key.value),
      place: insideQuotes(source, key),
    })),
    suppressions: suppressions.flatMap(node => readSuppression(json, node)),
    baseline: namedFile(json, root && findNodeAtLocation(root, ['baseline'])),
    faults: [
      ...syntaxFaults(json, errors),
      ...duplicateKeys(json),
      ...(errors.length === 0 ? schemaFaults(json) : []),
      ...suppressions.flatMap(node => elementFaults(json, node)),
    ],
  };
}

function readPair(json: JsonText, node: Node): ManifestPair[] {
  const name = findNodeAtLocation(node, ['name']);
  const primary = readNode(json, findNodeAtLocation(node, ['primary']));
  const secondary = readNode(json, findNodeAtLocation(node, ['secondary']));
  if (typeof name?.value !== 'string' || name.value === '' || !primary || !secondary) return [];
  return [{ name: name.value, namePlace: insideQuotes(json.source, name), primary, secondary }];
}

function readNode(json: JsonText, node: Node | undefined): ManifestNode | undefined {
  const config = namedFile(json, node && findNodeAtLocation(node, ['config']));
  if (!node || !config) return undefined;
  const [url, allowHttp, sha256] = [['url'], ['allowHttp'], ['tls', 'sha256']].map(
    (path): unknown => findNodeAtLocation(node, path)?.value,
  );
  // A pin that cannot be read must not be taken for none.
  const unreadable = findNodeAtLocation(node, ['tls']) && '';
  return {
    ...config,
    url: typeof url === 'string' ? url : undefined,
    allowHttp: allowHttp === true,
    sha256: typeof sha256 === 'string' ? sha256 : unreadable,
  };
}

function namedFile({ source }: JsonText, node: Node | undefined): NamedFile | undefined {
  if (typeof node?.value !== 'string' || node.value === '') return undefined;
  return { uri: resolveBeside(source.uri, node.value), path: node.value, place: insideQuotes(source, node) };
}

function readSuppression(json: JsonText, node: Node): ManifestSuppression[] {
  const [rule, reason, fileNode, element] = ['rule', 'reason', 'file', 'element'].map(key =>
    findNodeAtLocation(node, [key]),
  );
  const file = namedFile(json, fileNode);
  const path = typeof element?.value === 'string' ? parseElementPath(element.value) : undefined;
  const isComplete =
    typeof rule?.value === 'string' &&
    rule.value !== '' &&
    typeof reason?.value === 'string' &&
    reason.value.trim() !== '' &&
    (!fileNode || file) &&
    (!element || path);
  if (!isComplete) return [];
  const place = (at: Node) => insideQuotes(json.source, at);
  return [
    {
      rule: String(rule.value),
      rulePlace: place(rule),
      file,
      element: element && path && { path, text: String(element.value), place: place(element) },
    },
  ];
}

/** A path that is none: what it was meant to silence is shown, and here stands why. */
function elementFaults({ source }: JsonText, node: Node): ManifestFault[] {
  const element = findNodeAtLocation(node, ['element']);
  if (typeof element?.value !== 'string' || parseElementPath(element.value)) return [];
  const message = `"${element.value}" is no path of an element; one is written like virtualip/vip[vhid=2]/advskew.`;
  return [{ at: insideQuotes(source, element), severity: 'warning', message }];
}

function readRules(root: Node | undefined): Record<string, ManifestRuleSetting> {
  const rules: Record<string, ManifestRuleSetting> = {};
  for (const [key, value] of propertiesOf(root && findNodeAtLocation(root, ['rules']))) {
    const setting: unknown = getNodeValue(value);
    if (isRuleSetting(setting)) rules[String(key.value)] = setting;
  }
  return rules;
}

function isRuleSetting(value: unknown): value is ManifestRuleSetting {
  return value === 'off' || value === 'error' || value === 'warning' || value === 'info' || value === 'hint';
}

function childrenOf(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

function propertiesOf(node: Node | undefined): [Node, Node][] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }): [Node, Node][] =>
    key && value ? [[key, value]] : [],
  );
}
