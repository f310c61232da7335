import type { NodeRequest } from '../node/nodeRequest.ts';
import { PhpException, PhpFatalError } from '../php/errors.ts';
import { PhpSyntaxError } from '../php/parser.ts';
import { arrayAt, copyOf, isArray, type PhpArray, type PhpValue, phpMap, toText } from '../php/value.ts';
import { applyAccounts, hasAccountChanges } from '../receiver/accounts.ts';
import { overlay } from '../receiver/overlay.ts';
import { restoreSections } from '../receiver/restore.ts';

type ParameterType = 'any' | 'array' | 'string';

interface Method {
  /** What XML_RPC2 checks before anything else: the number and, where its comment tells, the type. */
  readonly parameters: readonly ParameterType[];
  /** Whether the call writes, and so begins a session. */
  readonly writes: boolean;
  readonly run: (request: NodeRequest, ...parameters: readonly PhpValue[]) => PhpValue;
}

const array = (value: PhpValue | undefined): PhpArray => (isArray(value) ? value : new Map());

/** The public methods of 2.5 and later (facts.md §1.2), without their prefix. */
export const methods: Readonly<Record<string, Method>> = {
  host_firmware_version: { parameters: ['any', 'any'], writes: false, run: firmwareVersion },
  exec_php: { parameters: ['string'], writes: false, run: execPhp },
  exec_shell: { parameters: ['string'], writes: false, run: () => true },
  backup_config_section: { parameters: ['array'], writes: false, run: backup },
  restore_config_section: { parameters: ['array', 'any'], writes: true, run: restore },
  merge_installedpackages_section: { parameters: ['array', 'any'], writes: true, run: mergePackages },
  merge_config_section: { parameters: ['array', 'any'], writes: true, run: mergeConfig },
  captive_portal_sync: { parameters: ['array', 'any'], writes: false, run: () => false },
  interfaces_carp_configure: { parameters: [], writes: false, run: configureCarp },
  reboot: { parameters: [], writes: false, run: reboot },
};

/** Whether XML_RPC2 lets the parameters through: more than are needed are no mistake. */
export function acceptsParameters({ parameters }: Method, given: readonly PhpValue[]): boolean {
  if (given.length < parameters.length) return false;
  return parameters.every((type, index) => {
    const value = given[index];
    if (type === 'array') return isArray(value);
    return type !== 'string' || typeof value === 'string';
  });
}

function firmwareVersion({ config, release, kernelVersion }: NodeRequest): PhpValue {
  return phpMap({
    firmware: phpMap({ version: release.productVersion }),
    kernel: phpMap({ version: kernelVersion }),
    base: phpMap({ version: kernelVersion }),
    platform: 'pfSense',
    config_version: config.get('version') ?? null,
  });
}

function backup({ config }: NodeRequest, names: PhpValue | undefined): PhpValue {
  const wanted = new Set([...array(names).values()].map(toText));
  return new Map([...config].filter(([name]) => wanted.has(String(name))));
}

function restore(request: NodeRequest, sent: PhpValue | undefined): PhpValue {
  if (request.refusesLoop()) return true;
  const { config, mergedSections, accounts } = restoreSections(request.config, array(sent), request.release);
  request.config = config;
  request.save(`Merged in config (${mergedSections.join(', ')} sections) from XMLRPC client.`);
  request.enableCarp();
  if (!hasAccountChanges(accounts)) return true;
  applyAccounts(request.config, accounts, request.release);
  request.save("Sync'd users and groups via XMLRPC");
  return true;
}

function mergeConfig(request: NodeRequest, sent: PhpValue | undefined): PhpValue {
  if (request.refusesLoop()) return true;
  request.config = overlay(request.config, array(sent));
  request.save(`Merged in config (${[...array(sent).keys()].join(', ')} sections) from XMLRPC client.`);
  return true;
}

function mergePackages(request: NodeRequest, sent: PhpValue | undefined): PhpValue {
  if (request.refusesLoop()) return true;
  const packages = request.config.get('installedpackages');
  if (!isArray(packages) && request.release.php === 8) {
    throw new PhpFatalError({
      message: 'Uncaught TypeError: array_merge(): Argument #1 must be of type array, string given',
      place: '/usr/local/www/xmlrpc.php on line 660',
    });
  }
  // PHP 7 warns, and makes nothing of an array and a text.
  const merged = isArray(packages) ? new Map([...packages, ...copyOf(array(sent))]) : null;
  request.config.set('installedpackages', merged);
  request.save(`Merged in config (${[...array(sent).keys()].join(', ')} sections) from XMLRPC client.`);
  return true;
}

function configureCarp(request: NodeRequest): PhpValue {
  if (!request.refusesLoop()) request.enableCarp();
  return true;
}

function reboot({ log }: NodeRequest): PhpValue {
  log('reboot: asked for over XMLRPC');
  return true;
}

function execPhp(request: NodeRequest, code: PhpValue | undefined): PhpValue {
  const source = toText(code);
  const { evaluation, server } = request.release.lines;
  const file = `/usr/local/www/xmlrpc.php(${evaluation}) : eval()'d code`;
  try {
    return request.run(source, file);
  } catch (error) {
    if (error instanceof PhpSyntaxError) throw parseError(error, { file, php: request.release.php });
    if (!(error instanceof PhpException)) throw error;
    throw new PhpException(`${error.message}${trace(source, evaluation, server)}`);
  }
}

function parseError({ token }: PhpSyntaxError, { file, php }: { file: string; php: 7 | 8 }): PhpFatalError {
  const quoted = php === 8 ? `token "${token.text}"` : `'${token.text}'`;
  const unexpected = token.kind === 'end' ? 'end of file' : quoted;
  return new PhpFatalError({
    kind: 'Parse error',
    message: `syntax error, unexpected ${unexpected}`,
    place: `${file} on line ${token.line}`,
  });
}

function trace(code: string, evaluation: number, server: number): string {
  const pear = '/usr/local/share/pear/XML/RPC2';
  const argument = code.length > 15 ? `${code.slice(0, 15)}...` : code;
  return [
    `#0 /usr/local/www/xmlrpc.php(${evaluation}): eval()`,
    `#1 ${pear}/Server/CallHandler/Instance.php(141): pfsense_xmlrpc_server->exec_php('${argument}')`,
    `#2 ${pear}/Backend/Php/Server.php(135): XML_RPC2_Server_Callhandler_Instance->__call('pfsense.exec_ph...', Array)`,
    `#3 ${pear}/Backend/Php/Server.php(99): XML_RPC2_Backend_Php_Server->getResponse()`,
    `#4 /usr/local/www/xmlrpc.php(${server}): XML_RPC2_Backend_Php_Server->handleCall()`,
    '#5 {main}',
  ].join('\n');
}

/** Whether pfSense from 2.8 on can still read its aliases: every request does (facts.md §1.7). */
export function hasProperAliases(config: PhpArray): boolean {
  return [...arrayAt(config, 'aliases/alias').values()].every(isArray);
}
