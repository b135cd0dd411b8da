import type { AdfDoc } from '../../../shared/plan.ts'
import type { SiteIssue } from '../../cloud/reading.ts'
import { addressesOf, nodesOf } from '../adf.ts'
import {
  type AfterCheck,
  type AfterContext,
  type AfterPlace,
  atIssue,
  brief,
  fine,
  type IssuePage,
  plural,
  warn,
} from '../check.ts'

/** A picture of wiki markup that nobody has converted: !shot.png! or !shot.png|thumbnail! */
const wikiImage = /!([^\s!|][^!|\n]*\.(?:png|jpe?g|gif|bmp|svg|webp|tiff?))(?:\|[^!\n]*)?!/i
/** Pages that only a server has: what begins so and names no host leads nowhere on the site. */
const serverPath =
  /^\/(?:secure\/(?:attachment|thumbnail|Dashboard|IssueNavigator)|plugins\/servlet|display\/|pages\/viewpage|rest\/)/i

/** Pictures that do not show, and links that lead to the old server, in every text of the moved issues. */
export const texts: AfterCheck = {
  key: 'texts',
  group: 'links',
  title: 'Broken images and links to the old server',
  lists: {
    old: ['link leads to the old server', 'links lead to the old server'],
    images: ['image is broken', 'images are broken'],
  },
  open(context) {
    const old = oldServer(context)

    function* look(issue: SiteIssue, where: string, text: AdfDoc | null): Generator<AfterPlace> {
      const told = new Set<string>()
      const once = (detail: string, list: 'old' | 'images') => {
        if (told.has(detail)) return []
        told.add(detail)
        const place = atIssue(issue.key, detail)
        return [place, { ...place, list }]
      }
      for (const { kind, url } of addressesOf(text)) {
        const away = old(url)
        if (kind === 'image' && (away || !/^https?:\/\//i.test(url)))
          yield* once(
            `${where}: an image points to ${brief(url)}, which the site cannot show.`,
            'images',
          )
        else if (away) yield* once(`${where}: a link leads to the old server: ${brief(url)}`, 'old')
      }
      for (const node of nodesOf(text)) {
        const lost = node.text === undefined ? null : wikiImage.exec(node.text)
        const code = node.marks?.some(({ type }) => type === 'code')
        if (lost?.[1] !== undefined && !code)
          yield* once(`${where}: the image ${brief(lost[1])} stands as text.`, 'images')
      }
    }

    return {
      async *see(page) {
        for (const issue of page.issues) {
          yield* look(issue, 'Description', issue.description)
          yield* look(issue, 'Environment', issue.environment)
          yield* threads(page, issue, look)
        }
      },
      say: (places, rowsOf) =>
        places
          ? warn(
              `${plural(rowsOf('old'), 'link leads', 'links lead')} to the old server, and ${plural(rowsOf('images'), 'image is', 'images are')} broken.`,
              'Rewrite the links to the same place on the site (the drawer on the issue does it, with a preview) and put the images in again; they are among the attachments.',
            )
          : fine('No text has a broken image or a link to the old server.'),
    }
  },
}

async function* threads(
  page: IssuePage,
  issue: SiteIssue,
  look: (issue: SiteIssue, where: string, text: AdfDoc | null) => Iterable<AfterPlace>,
): AsyncGenerator<AfterPlace> {
  for (const { id, body } of await page.comments(issue))
    for (const place of look(issue, 'Comment', body))
      yield { ...place, path: `/browse/${issue.key}?focusedCommentId=${encodeURIComponent(id)}` }
  for (const { comment } of await page.worklogs(issue)) yield* look(issue, 'Worklog', comment)
}

/** Whether an address leads to the server that the source was. */
function oldServer({ snapshot, siteUrl }: AfterContext): (url: string) => boolean {
  const base = parsed(snapshot.info().baseUrl ?? '')
  const here = new URL(siteUrl).host
  return (url) => {
    const at = parsed(url)
    if (!at) return serverPath.test(url)
    return base !== null && at.host === base.host && at.host !== here
  }
}

function parsed(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}
