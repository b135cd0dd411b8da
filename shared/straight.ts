/** Marks that turn the writing direction of all that follows them, up to their own end or that of the text. */
const turns = /[\u202a-\u202e\u2066-\u2069]/g

/**
 * A sentence that names things out of Jira, without the marks that would turn the rest of it (with them "gnp.exe" is
 * read as "exe.png"): each becomes the replacement character, so that one sees it was there. Only for what is read;
 * what is compared with the site keeps the true name, and so does what stands in an element of its own (a bdi, or
 * dir="auto"), which ends what a mark began.
 *
 * The marks U+200E, U+200F and U+061C stay: each is a letter of its script that is not seen. It turns no letter of
 * another script, and honest Hebrew and Arabic names have them.
 */
export const straight = (text: string): string => text.replace(turns, '\ufffd')

/**
 * The same for a terminal, a table or a page: nor does it hold control characters, with which a name out of Jira could
 * move the cursor or hide a line (ESC), or end the text early (NUL). Ends of lines and tabs stay.
 */
export const printable = (text: string): string =>
  straight(text).replace(/(?![\t\n\r])\p{Cc}/gu, '\ufffd')

/** What a terminal takes for an order, and what turns a line, as JSON may write it: it reads as the same value. */
const orders = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** JSON that may be shown on a terminal: names in it neither steer it nor turn its lines, and keep their true value. */
export const printableJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(
    orders,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
