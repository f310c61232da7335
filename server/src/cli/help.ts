// What the commands on live firewalls have in common.

const whichPair = `Which pair it is: the one that the FILEs or the current folder's pfsense-ha.json
name, or that the files themselves make. How a firewall is reached stands in
pfsense-ha.json, else it is its address on the SYNC interface.`;

const pairOptions = `  --pair NAME       the pair, where there are several
  --config FILE     use this manifest and no pfsense-ha.json`;

const environment = `Environment:
  PFSENSE_HA_USER                the account on the firewalls; admin if not set
  PFSENSE_HA_PASSWORD            its password
  PFSENSE_HA_PRIMARY_PASSWORD    its password on the primary, where they differ
  PFSENSE_HA_SECONDARY_PASSWORD  its password on the secondary, where they differ
At a terminal a password that is not set is asked for.`;

/** The texts of `--help`. docs/cli.md repeats them, and a test holds the two together. */
export const helpTexts = {
  main: `Usage: pfsense-ha COMMAND [ARGUMENT]...

Checks both config.xml files of a pfSense high-availability pair, each alone and
the two against each other, and brings them onto the firewalls.

Commands:
  check    check files and folders
  fix      repair what can be repaired
  redact   make copies without secrets and names, to ask others for help
  pull     fetch what the firewalls hold into the files
  plan     say what a push would do
  push     bring the files onto the firewalls, and read back that they arrived
  undo     take back what the last push has changed
  lsp      start the language server

Options:
  --version    print the version
  -h, --help   print this help, or with a command the help for it
`,
  check: `Usage: pfsense-ha check [FILE|DIR]... [--format text|json] [--config FILE]
                        [--baseline FILE] [--write-baseline]

Checks pfSense configurations. Of a folder, every *.xml below it that is a pfSense
configuration is checked; hidden folders and node_modules are passed over. Without
a FILE or DIR it is the current folder.

Which two files are a pair is read from pfsense-ha.json, in the folder or the
nearest one above it; without it, from the files themselves. The other node of a
pair is checked too.

Options:
  --format text|json   how findings are printed; text if not given
  --config FILE        use this manifest and no pfsense-ha.json; without a FILE or
                       DIR, check the pairs that it names
  --baseline FILE      do not show the findings in this file, whatever baseline a
                       manifest names
  --write-baseline     print nothing; write what is found to the baseline, so that
                       from then on only what is new is shown: to FILE, else to the
                       file that the manifest names, else beside the manifest to
                       pfsense-ha-baseline.json
  -h, --help           print this help

Exit status:
  0   no error was found that is not hidden, or the baseline was written; there may
      be warnings
  1   errors were found
  2   the command line was not understood
  3   something could not be read or written, or there was nothing to check
`,
  fix: `Usage: pfsense-ha fix FILE... [--rule ID]... [--include suggestion|dangerous]
                      [--config FILE] [--dry-run]

Repairs findings whose repair is beyond doubt, again and again until none is left.
Only the files that are named are changed, all of them or none. Of a pair, name
both files: a fix that changes the other node's file is applied only then.

Options:
  --rule ID              repair only what this rule finds; may be given again
  --include suggestion   also apply fixes that are a good choice among several
  --include dangerous    apply those too, and fixes by which something is lost or
                         traffic changes
  --config FILE          use this manifest and no pfsense-ha.json
  --dry-run              print what would change as a unified diff, secrets
                         hidden, and write nothing
  -h, --help             print this help

Exit status:
  0   no error is left
  1   errors are left that these fixes do not repair
  2   the command line was not understood
  3   something could not be read or written; then nothing was changed
`,
  redact: `Usage: pfsense-ha redact FILE... [--output DIR]

Makes copies of pfSense configurations that can be shown to others: without secrets
and comments, and with public addresses, names and whatever else people have
written replaced. Of a pair, name both files, so that what is the same in both is the
same in both copies. The copies check as the originals do.

Options:
  --output DIR   write the copies to this folder, as redacted-1.xml, redacted-2.xml
                 and so on in the order of the files; one copy alone is printed
                 if not given
  -h, --help     print this help

Exit status:
  0   the copies were made
  2   the command line was not understood
  3   something could not be read or written, or is no pfSense configuration
`,
  pull: `Usage: pfsense-ha pull [FILE|DIR]... [--pair NAME] [--node primary|secondary]
                       [--config FILE] [--yes]

Fetches the whole config.xml of both firewalls of a pair into their files, byte for
byte. What would change in a file is shown first, secrets hidden, and asked about.
What was fetched is remembered: a later push tells by it whether somebody has
worked on a firewall since.

${whichPair}

Options:
  --node primary|secondary  fetch this one alone
${pairOptions}
  --yes             replace the files without asking
  -h, --help        print this help

${environment}

Exit status:
  0   the files are as the firewalls have them
  2   the command line was not understood
  3   a firewall could not be asked, or a file could not be read or written
  4   a file would have changed, and nobody agreed; nothing was written
`,
  plan: `Usage: pfsense-ha plan [FILE|DIR]... [--pair NAME] [--format text|json]
                       [--config FILE] [--allow-exec-php]

Asks both firewalls what they hold and says what a push of the files would do: what
is sent where, what changes by it, and what stands against it. Nothing is changed.

${whichPair}

Options:
  --format text|json  how the plan is printed; text if not given
${pairOptions}
  --allow-exec-php  plan with what only PHP code run on the firewall can do, such as
                    taking an interface away; without it that is left out
  -h, --help        print this help

${environment}

Exit status:
  0   the plan could be carried out, or there is nothing to do
  2   the command line was not understood
  3   a firewall could not be asked, or a file could not be read
  4   something stands against a push
`,
  push: `Usage: pfsense-ha push [FILE|DIR]... [--pair NAME] [--yes]
                       [--accept-live-changes] [--format text|json] [--config FILE]
                       [--allow-exec-php]

Brings both files onto the firewalls: shows the plan, asks, backs up both, sends,
and reads back after every step that the firewall holds what it was sent. Where it
does not, everything that this push has changed is put back. Files with errors are
not pushed.

${whichPair}

Options:
  --yes             send without asking
  --accept-live-changes
                    what the firewalls hold and the files do not may be lost; asked
                    for where nothing was pulled before. --yes alone refuses it
  --format text|json  text if not given; with json the text goes to standard error
${pairOptions}
  --allow-exec-php  do what only PHP code run on the firewall can do, such as taking
                    an interface away; without it that is left out
  -h, --help        print this help

${environment}

Exit status:
  0   the firewalls hold what a push can bring; what is left to do by hand is listed
  2   the command line was not understood
  3   a firewall could not be asked, or a file could not be read; nothing was changed
  4   something stands against it, or nobody agreed; nothing was changed
  5   it failed, and everything is as it was
  6   it failed, and some of it stands on the firewalls or is not known
`,
  undo: `Usage: pfsense-ha undo [FILE|DIR]... [--pair NAME] [--yes]
                       [--accept-live-changes] [--format text|json] [--config FILE]
                       [--allow-exec-php]

Takes back what the last push of the pair has changed, from the backups that it
made, and reads back that it is so. A push that was broken off is taken back too.

${whichPair}

Options:
  --yes             take it back without asking
  --accept-live-changes
                    what somebody has changed there since may be lost. --yes alone
                    refuses it
  --format text|json  text if not given; with json the text goes to standard error
${pairOptions}
  --allow-exec-php  also take back what only PHP code run on the firewall can
  -h, --help        print this help

${environment}

Exit status:
  0   the firewalls hold what they held before the push, or there was nothing to undo
  2   the command line was not understood
  3   a firewall could not be asked, or a file could not be read; nothing was changed
  4   something stands against it, or nobody agreed; nothing was changed
  6   it failed, and some of it stands on the firewalls or is not known
`,
  lsp: `Usage: pfsense-ha lsp --stdio

Starts the language server, which an editor talks to over standard input and
output.

Options:
  --stdio      talk over standard input and output
  -h, --help   print this help
`,
} as const;

export type HelpTopic = keyof typeof helpTexts;
