/** The texts of `--help`. docs/cli.md repeats them, and a test holds the two together. */
export const helpTexts = {
  main: `Usage: pfsense-ha COMMAND [ARGUMENT]...

Checks both config.xml files of a pfSense high-availability pair, each alone and
the two against each other.

Commands:
  check    check files and folders
  fix      repair what can be repaired
  redact   make copies without secrets and names, to ask others for help
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
  lsp: `Usage: pfsense-ha lsp --stdio

Starts the language server, which an editor talks to over standard input and
output.

Options:
  --stdio      talk over standard input and output
  -h, --help   print this help
`,
} as const;

export type HelpTopic = keyof typeof helpTexts;
