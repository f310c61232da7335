import { largeSite, type SiteSize, siteTexts } from '../harness/largeSite.ts';

/** Both nodes of a large site with nothing wrong in them: an edit shows what it brings about, and nothing else. */
export function largePair(size: SiteSize = largeSite): readonly [primary: string, secondary: string] {
  return siteTexts(size);
}

/** The same where some hundred rules name an alias that nobody has defined, on both nodes. */
export function flawedPair(): readonly [primary: string, secondary: string] {
  const [primary, secondary] = largePair().map(text =>
    text.replace(/<address>site_(\d+)37<\/address>/g, '<address>gone_$1</address>'),
  );
  return [primary!, secondary!];
}

/** A fifth of {@link largeSite}: about a megabyte. */
export const smallSite: SiteSize = { vlans: 19, vips: 10, rules: 1000, aliases: 600, staticMaps: 800 };
