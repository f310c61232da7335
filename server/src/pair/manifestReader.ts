import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { TextSource } from '../syntax/tree.ts';
import type { Manifest, ManifestNode, ManifestPair, ManifestRuleSetting } from './manifest.ts';
import { duplicateKeys, insideQuotes, type JsonText, schemaFaults, syntaxFaults } from './manifestFaults.ts';
import { resolveBeside } from './uri.ts';

/** Reads what a manifest says, as far as it can be read, and tells what is wrong with it. Never fails. */
export function readManifest(source: TextSource): Manifest {
  const text = source.buffer.toString();
  const errors: ParseError[] = [];
  // Comments and trailing commas are read all the same; as the file is plain JSON elsewhere, they are faults.
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: true });
  const json: JsonText = { source, text, root };
  return {
    source,
    pairs: childrenOf(root && findNodeAtLocation(root, ['pairs'])).flatMap(node => readPair(json, node)),
    rules: readRules(root),
    ruleKeys: propertiesOf(root && findNodeAtLocation(root, ['rules'])).map(([key]) => ({
      id: String(key.value),
      place: insideQuotes(source, key),
    })),
    faults: [...syntaxFaults(json, errors), ...duplicateKeys(json), ...(errors.length === 0 ? schemaFaults(json) : [])],
  };
}

function readPair(json: JsonText, node: Node): ManifestPair[] {
  const name = findNodeAtLocation(node, ['name']);
  const primary = readNode(json, findNodeAtLocation(node, ['primary']));
  const secondary = readNode(json, findNodeAtLocation(node, ['secondary']));
  if (typeof name?.value !== 'string' || name.value === '' || !primary || !secondary) return [];
  return [{ name: name.value, namePlace: insideQuotes(json.source, name), primary, secondary }];
}

function readNode({ source }: JsonText, node: Node | undefined): ManifestNode | undefined {
  const config = node && findNodeAtLocation(node, ['config']);
  const url = node && findNodeAtLocation(node, ['url']);
  if (typeof config?.value !== 'string' || config.value === '') return undefined;
  return {
    uri: resolveBeside(source.uri, config.value),
    path: config.value,
    place: insideQuotes(source, config),
    url: typeof url?.value === 'string' ? url.value : undefined,
  };
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
