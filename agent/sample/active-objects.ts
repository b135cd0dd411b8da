import { begin, oneDay } from './clock.ts'

type Cell = string | number | boolean | null
interface Table {
  name: string
  columns: [name: string, type: 'integer' | 'string' | 'boolean'][]
  rows: Cell[][]
}

/** The ids of the sprints, as the Sprint field of issues refers to them. */
export const sprintIds = ['1', '2', '3', '4']

const at = (days: number) => begin + days * oneDay

const tables: Table[] = [
  {
    name: 'AO_60DB71_RAPIDVIEW',
    columns: [
      ['ID', 'integer'],
      ['KAN_PLAN_ENABLED', 'boolean'],
      ['NAME', 'string'],
      ['OWNER_USER_NAME', 'string'],
      ['SAVED_FILTER_ID', 'integer'],
      ['SPRINTS_ENABLED', 'boolean'],
    ],
    rows: [
      [1, false, 'Payments sprint board', 'amara', 10_000, true],
      [2, false, 'Operations kanban', 'jonas', 10_001, false],
    ],
  },
  {
    name: 'AO_60DB71_SPRINT',
    columns: [
      ['CLOSED', 'boolean'],
      ['COMPLETE_DATE', 'integer'],
      ['END_DATE', 'integer'],
      ['GOAL', 'string'],
      ['ID', 'integer'],
      ['NAME', 'string'],
      ['RAPID_VIEW_ID', 'integer'],
      ['SEQUENCE', 'integer'],
      ['STARTED', 'boolean'],
      ['START_DATE', 'integer'],
    ],
    rows: [
      [true, at(14), at(14), 'Payouts, the same day', 1, 'PAY Sprint 1', 1, 1, true, at(0)],
      [
        true,
        at(28),
        at(28),
        'No more double payouts & "ghost" refunds',
        2,
        'PAY Sprint 2',
        1,
        2,
        true,
        at(14),
      ],
      [false, null, at(42), null, 3, 'PAY Sprint 3', 1, 3, true, at(28)],
      [false, null, null, '', 4, 'PAY Sprint 4, maybe', 1, 4, false, null],
    ],
  },
]

export function activeObjectsXml(): string {
  const body = tables.map(({ name, columns, rows }) => {
    const declared = columns.map(
      ([column, type]) =>
        `    <column name="${column}" primaryKey="${column === 'ID'}" autoIncrement="${column === 'ID'}" sqlType="${sqlTypes[type]}" precision="255" scale="0"/>`,
    )
    const listed = columns.map(([column]) => `    <column name="${column}"/>`)
    const data = rows.map((row) => {
      const cells = row.map((value, i) => cell(columns[i]?.[1] ?? 'string', value))
      return `    <row>\n${cells.join('\n')}\n    </row>`
    })
    return [
      `  <table name="${name}">\n${declared.join('\n')}\n  </table>`,
      `  <data tableName="${name}">\n${listed.join('\n')}\n${data.join('\n')}\n  </data>`,
    ]
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<backup xmlns="http://www.atlassian.com/ao" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    '  <database>\n    <meta key="database.name" value="PostgreSQL"/>\n  </database>',
    ...body.map(([table]) => table),
    ...body.map(([, data]) => data),
    '</backup>',
  ].join('\n')
}

const sqlTypes = { integer: -5, string: 12, boolean: -7 }

function cell(type: string, value: Cell): string {
  if (value === null) return `      <${type} xsi:nil="true"/>`
  const text = String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
  return `      <${type}>${text}</${type}>`
}
