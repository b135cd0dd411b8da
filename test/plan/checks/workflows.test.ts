import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CheckOffender } from '../../../agent/plan/checks/check.ts'
import { readSource } from '../../../agent/read.ts'
import { listRows } from '../../../agent/snapshot/listing.ts'
import { openSnapshot } from '../../../agent/snapshot/read.ts'
import { readWorkflow } from '../../../agent/source/backup/workflow.ts'
import { must } from '../../../shared/assert.ts'
import type { WorkflowRow } from '../../../shared/workflow-rows.ts'
import { askChecks } from '../../support/ask-checks.ts'
import { scratch } from '../../support/make-backup.ts'
import { project } from '../../support/plan-source.ts'

const simple: WorkflowRow = {
  name: 'Simple',
  transitions: 3,
  limited: 0,
  screens: 0,
  conditions: 0,
  validators: 0,
  functions: 0,
}
const rich = { ...simple, name: 'Rich', validators: 3, conditions: 2, functions: 1, limited: 4 }
const uses = (projectId: string, schemeId: string, ...workflows: string[]) => ({
  projectScheme: [{ projectId, kind: 'workflow' as const, schemeId }],
  workflowUse: workflows.map((workflow, i) => ({
    id: `${schemeId}${i}`,
    schemeId,
    workflow,
    issueTypeId: i ? String(i) : '0',
  })),
})

describe('what workflows lose', () => {
  const workflow = [simple, rich]

  test('is told of each workflow of a project that loses something, with numbers', async () => {
    const rows = {
      project: [project('PAY')],
      workflow,
      ...uses('p-PAY', '1', 'Rich', 'Simple', 'Rich'),
    }
    expect((await askChecks(rows))('workflows')).toMatchObject({
      status: 'warning',
      list: [
        {
          projectKey: 'PAY',
          detail:
            'Workflow "Rich": 3 validators, 2 conditions, 1 post function, 4 transitions that only some statuses have.',
        },
      ],
    })
  })

  test('is nothing where each status can be reached from each already', async () => {
    const rows = { project: [project('PAY')], workflow, ...uses('p-PAY', '1', 'Simple') }
    expect((await askChecks(rows))('workflows')).toMatchObject({ status: 'success', offenders: 0 })
  })

  test("is said in words of Jira's own workflow, and of one that the source does not have", async () => {
    const rows = { project: [project('PAY'), project('OPS')], ...uses('p-OPS', '1', 'Gone') }
    const details = (await askChecks(rows))('workflows').list.map(({ detail }) => detail)
    expect(details.some((one) => one.startsWith("Jira's own workflow"))).toBe(true)
    expect(details).toContain('Workflow "Gone" is not in the source.')
  })
})

test('a descriptor is counted by its tags, whatever its texts say', () => {
  const own = 'com.atlassian.jira.workflow.function.issue.UpdateIssueStatusFunction'
  const { transitions, parts } = readWorkflow(`<?xml version="1.0"?>
<!DOCTYPE workflow PUBLIC "-//OpenSymphony Group//DTD OSWorkflow 2.8//EN" "http://x/workflow_2_8.dtd">
<workflow><!-- <validator/> -->
  <initial-actions><action id="1" name="Create" view="x"><validators><validator type="class">
    <arg name="class.name">com.atlassian.jira.workflow.validator.PermissionValidator</arg></validator>
    <validator type="class"><arg name="class.name">org.vendor.Ask</arg></validator></validators></action></initial-actions>
  <global-actions><action id="2" name="Cancel > all" view=""/></global-actions>
  <common-actions><action id="3" name="Close &amp; don't ask" view="resolveissue"><restrict-to><conditions type="AND">
    <condition type="class"><arg name="permission">Close</arg></condition></conditions></restrict-to></action>
    <action id="4" name="Everywhere"/><action id="9" name="Not used"/></common-actions>
  <steps>
    <step id="1" name="Open"><meta name="x"><![CDATA[<step id="7"><condition>]]></meta><actions>
      <common-action id="3"/><common-action id="4"/><action id="5" name="Start"><results><unconditional-result>
        <post-functions><function type="class"><arg name="class.name">${own}</arg></function>
        <function type="class"><arg name="full.module.key">org.vendor:fn</arg></function></post-functions>
      </unconditional-result></results></action></actions></step>
    <step id="2" name="Done"><actions><common-action id="4"/></actions></step>
  </steps>
</workflow>`)
  expect(transitions).toBe(4)
  const close = "Close & don't ask"
  expect(parts).toEqual([
    { part: 'validator', place: 'Create', what: 'org.vendor.Ask' },
    { part: 'condition', place: close, what: null },
    { part: 'function', place: 'Start', what: 'org.vendor:fn' },
    { part: 'limited', place: close, what: 'Open' },
    { part: 'screen', place: close, what: 'resolveissue' },
    { part: 'limited', place: 'Start', what: 'Open' },
  ])
})

const real = resolve(import.meta.dirname, '../../../../shared/backups')
describe.skipIf(!existsSync(real))('the workflows of real backups', () => {
  async function ask(backup: string) {
    await using folder = await scratch()
    const snapshotPath = join(folder.path, 'snapshot.sqlite')
    const path = join(real, backup, 'entities.xml')
    const { signal } = new AbortController()
    await readSource({ path, snapshotPath, timeZone: null, signal, onProgress() {} })
    const snapshot = openSnapshot(snapshotPath)
    try {
      const workflow = [...snapshot.rows('workflow')]
      const asked = await askChecks({}, { snapshot })
      const { list } = asked('workflows')
      await expectParts(snapshotPath, list)
      return { workflow, list: list.map(({ detail }) => detail) }
    } finally {
      snapshot.close()
    }
  }

  /** Behind each number of a workflow are as many rows, and each says what it is and where. */
  async function expectParts(path: string, list: readonly CheckOffender[]) {
    for (const { detail, counts = [] } of list) {
      expect(counts.length).toBeGreaterThan(2)
      for (const one of counts) {
        if (one.at !== 'source') throw new Error(detail)
        const rows = listRows(path, {
          ...{ table: 'workflowPart', after: 0, limit: 1_000 },
          workflow: must(one.workflow, 'the name of a workflow'),
          part: must(one.part, 'one of its parts'),
        })
        expect([detail, `${rows.length}`]).toEqual([detail, /\d+/.exec(one.words)?.[0]])
        for (const row of rows)
          expect(row).toMatchObject({
            label: expect.stringMatching(/./),
            detail: expect.stringMatching(/, ./),
          })
      }
    }
  }

  test('differ by what an admin built into them', async () => {
    const blank = await ask('jira-7.0-blank')
    const classic =
      '7 conditions, 3 post functions, 4 transitions with a screen, 6 transitions that'
    expect(blank.list).toHaveLength(2)
    for (const detail of blank.list) expect(detail).toContain(`workflow": ${classic}`)
    const built = await ask('jira-6.3-jsu')
    expect(built.workflow.map(({ name }) => name)).toEqual(['JSU TEST', 'classic default workflow'])
    expect(built.list[0]).toContain('Workflow "JSU TEST": 25 validators, 36 conditions, 48 post')
  })
})
