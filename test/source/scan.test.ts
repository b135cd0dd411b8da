import { describe, expect, test } from 'vitest'
import { createScanner } from '../../agent/source/backup/scan.ts'
import { Problem } from '../../shared/problem.ts'

interface Row {
  entity: string
  values: (string | null)[]
}

/** Everything in it that has ever broken a reader of backups. */
const nasty = `<?xml version="1.0" encoding="UTF-8"?>
<!-- opening <Action id="9"/> - -- > & -->
<entity-engine-xml date="1423479712604">
    <Action id="1" body="a &gt; b /> &quot;c&quot; &apos;d&apos; &#x1F600;&#10;&#65;" author="" />
    <Action id='2' body='it is "quoted" > />' author = "naïve 漢字 😀"
       type="comment">
        <!-- inside <body> -->
        <body><![CDATA[one
<body> & /> </Action> ]]]]><![CDATA[> 😀 end]]]]></body>
        <ignored attribute="/>"/>
    </Action>
    <Action id="3"><body></body><author/></Action>
    <Action id="4" author="tab\tand
break"><body><![CDATA[a\r\nb\rc]]><![CDATA[d]]></body></Action>
    <Other id="1" long="${'x'.repeat(100)}&amp;${'y'.repeat(100)}"/>
    <Workflow id="5" name="w"><descriptor><![CDATA[<!DOCTYPE workflow PUBLIC "-//x" "http://x"><workflow><meta name="a">1</meta></workflow>]]></descriptor></Workflow>
    <Workflow id="6"><descriptor><workflow a=">"><meta>1</meta></workflow>text</descriptor></Workflow>
<!-- closing -->
</entity-engine-xml>
`

const wanted: Record<string, string[]> = {
  Action: ['id', 'author', 'body'],
  Workflow: ['name', 'descriptor'],
}

function scan(chunks: Buffer[]) {
  const rows: Row[] = []
  const comments: string[] = []
  const roots: [string, [string, string][]][] = []
  const scanner = createScanner(
    {
      root: (name, attributes) => roots.push([name, [...attributes]]),
      comment: (text) => comments.push(text),
      plan: (entity) =>
        wanted[entity] === undefined
          ? null
          : {
              columns: wanted[entity],
              row: (values) => rows.push({ entity, values: [...values] }),
            },
    },
    'backup.xml',
  )
  for (const chunk of chunks) scanner.write(Buffer.from(chunk))
  scanner.end()
  return { rows, comments, roots, counts: [...scanner.counts()], illegal: scanner.illegal() }
}

const whole = (text: string) => scan([Buffer.from(text)])
const inRoot = (rows: string) => `<entity-engine-xml>\n${rows}\n</entity-engine-xml>`

function problemOf(act: () => unknown): Problem {
  try {
    act()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('It should have been refused')
}

describe('the scanner', () => {
  test('reads values as attributes and as child elements, split sections joined', () => {
    const { rows, comments, roots, counts } = whole(nasty)
    expect(rows).toEqual([
      { entity: 'Action', values: ['1', '', 'a > b /> "c" \'d\' 😀\nA'] },
      {
        entity: 'Action',
        values: ['2', 'naïve 漢字 😀', 'one\n<body> & /> </Action> ]]> 😀 end]]'],
      },
      { entity: 'Action', values: ['3', '', ''] },
      { entity: 'Action', values: ['4', 'tab and break', 'a\nb\ncd'] },
      {
        entity: 'Workflow',
        values: [
          'w',
          '<!DOCTYPE workflow PUBLIC "-//x" "http://x"><workflow><meta name="a">1</meta></workflow>',
        ],
      },
      { entity: 'Workflow', values: [null, 'text'] },
    ])
    expect(comments).toEqual([' opening <Action id="9"/> - -- > & ', ' closing '])
    expect(roots).toEqual([['entity-engine-xml', [['date', '1423479712604']]]])
    expect(counts).toEqual([
      ['Action', 4],
      ['Other', 1],
      ['Workflow', 2],
    ])
  })

  test('gives the same wherever a chunk ends', () => {
    const bytes = Buffer.from(nasty)
    const expected = whole(nasty)
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(scan([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(expected)
  })

  test.each([1, 2, 3, 7, 64])('gives the same in chunks of %i bytes', (size) => {
    const bytes = Buffer.from(nasty)
    const chunks: Buffer[] = []
    for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.subarray(i, i + size))
    expect(scan(chunks)).toEqual(whole(nasty))
  })

  test('says that a document is cut off, wherever it is cut', () => {
    const text = nasty.trimEnd()
    const bytes = Buffer.from(text)
    for (let end = 0; end < bytes.length; end += 3)
      expect(problemOf(() => scan([bytes.subarray(0, end)])).code, `cut at ${end}`).toBe(
        'source-truncated',
      )
  })

  test('keeps illegal characters out and counts them, raw and as references', () => {
    const text = inRoot('<Action id="1" body="a\u0000b\u001fc&#0;d&#x1;e\uffff&#xFFFE;f\u007f"/>')
    const { rows, illegal } = whole(text)
    expect(rows[0]?.values[2]).toBe('abcdef\u007f')
    expect(illegal).toBe(6)
  })

  test('counts illegal characters once, wherever a chunk ends', () => {
    const bytes = Buffer.from(inRoot('<Action id="1" body="&#1;\u0002\uffff"><x>&#3;</x></Action>'))
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(scan([bytes.subarray(0, cut), bytes.subarray(cut)]).illegal, `${cut}`).toBe(
        whole(bytes.toString()).illegal,
      )
  })

  test('tells an absent value from an empty one', () => {
    const { rows } = whole(inRoot('<Action id="1" author=""/><Action id="2"/>'))
    expect(rows.map((row) => row.values[1])).toEqual(['', null])
  })

  test('reads an attribute of several megabytes in small chunks', () => {
    const long = 'é<&"x'.repeat(400_000)
    const xml = inRoot(
      `<Action id="1" body="${long.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"/>`,
    )
    const bytes = Buffer.from(xml)
    const chunks: Buffer[] = []
    for (let i = 0; i < bytes.length; i += 65_536) chunks.push(bytes.subarray(i, i + 65_536))
    expect(scan(chunks).rows[0]?.values[2]).toBe(long)
  })

  test.each([
    ['a bare ampersand', '<Action id="1"/>\n<Action body="a & b"/>', 3],
    ['an unknown entity', '<Action body="&nbsp;"/>', 2],
    ['a bare ampersand where nobody reads', '<Other x="1"\ny="a & b"/>', 3],
    ['a lesser-than in an attribute', '<Action body="a < b"/>', 2],
    ['a missing quote', '<Action body="a/>\n<Action id="2"/>', 3],
    ['a missing value', '<Action body/>', 2],
    ['a value without quotes', '<Action id=1/>', 2],
    ['a wrong end tag', '<Action id="1">\n<body>x</bodi>\n</Action>', 3],
    ['text between rows', '<Action id="1"/>\n\nhello', 4],
    ['text in a row', '<Action id="1">\nhello</Action>', 3],
  ])('refuses %s with its line', (_, rows, line) => {
    const problem = problemOf(() => whole(inRoot(rows)))
    expect(problem.code).toBe('source-unreadable')
    expect(problem.message).toMatch(new RegExp(`line ${line}\\.$`))
    expect(problem.hint).not.toBe('')
  })

  test('names the entity and line of what is wrong, also far into a file', () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => `<Action id="${i}"/>`).join('\n')
    const bytes = Buffer.from(inRoot(`${rows}\n<Issue id="1" summary="&oops"/>`))
    const chunks: Buffer[] = []
    for (let i = 0; i < bytes.length; i += 1_000) chunks.push(bytes.subarray(i, i + 1_000))
    expect(problemOf(() => scan(chunks)).message).toContain('in Issue, line 5002')
  })
})
