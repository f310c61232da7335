/** The types of package.mjs for the window tests; the comments stand there. */
export declare function packFolder(folder: string, out: string): Promise<void>;
