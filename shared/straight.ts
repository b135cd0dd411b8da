/** Marks that turn the writing direction of all that follows them, up to their own end or that of the text. */
const turns = /[\u202a-\u202e\u2066-\u2069]/g

/**
 * A sentence that names things out of Jira, without the marks that would turn the rest of it (with them "gnp.exe" is
 * read as "exe.png"): each becomes the replacement character, so that one sees it was there. Only for what is read;
 * what is compared with the site keeps the true name.
 */
export const straight = (text: string): string => text.replace(turns, '\ufffd')
