import { group, text, value } from '../../elementSchema.ts';

/** Files that a backup carries beside the settings, and that a restore takes out again (backup.inc, config.lib.inc:restore_xmldatafile). */
export const dataFile = {
  filename: text('The name of the file.'),
  xmldata: value('The file, compressed, in base64.', { type: 'base64' }),
  data: value('The file, compressed, in base64.', { type: 'base64' }),
};

export const dataFiles = group(
  'Files beside the settings, which a restore puts in their place.',
  {
    xmldatafile: group('One file.', { path: text('The folder of the file.'), ...dataFile }),
    voucherdbfile: group('One file of the vouchers’ database.', { path: text('The folder of the file.'), ...dataFile }),
  },
  { since: 19.2 },
);
