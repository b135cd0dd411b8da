/** Text of a list of items that is narrowed to what one cause took down. */
export const causeWords = {
  only: 'Only those of one cause:',
  all: 'Show all of them',
}
