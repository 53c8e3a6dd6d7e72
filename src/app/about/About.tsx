import about from 'virtual:about'
import { type ReactNode, useEffect, useState } from 'react'
import { type ErrorReport, reportOf } from '../../core/errors.ts'
import { fetchPart } from '../../core/fetch_part.ts'
import { loadSamples, type Sample } from '../../labs/shared/samples/samples.ts'
import { EMBEDDED_MODELS } from '../../state/embedded_models.ts'
import { CopyButton } from '../../views/primitives/CopyButton.tsx'
import { Dialog } from '../../views/primitives/Dialog.tsx'
import { Switch } from '../../views/primitives/Switch.tsx'
import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { decimal, whole } from '../../words/numbers.ts'
import { language } from '../../words/words.ts'
import { storageOf } from '../offline.ts'
import type { Pages } from '../pages.ts'
import { currentRoute } from '../router.ts'
import { reportText } from './report.ts'
import { SAMPLE_TERMS } from './sample_terms.ts'
import { t } from './words/words.ts'

/** The page's version, what it runs on, what is in it, and whose that is. */
export default function About({ pages, onClose }: { pages: Pages; onClose: () => void }) {
  const version = about.commit ? `${about.version} (${about.commit})` : about.version
  return (
    <Dialog title={t('title')} onClose={onClose} testId="about">
      <p>{t('lead', { version })}</p>
      <Report pages={pages} />
      <Part name={t('models')} testId="about-models">
        <Models />
      </Part>
      <Part name={t('samples')} testId="about-samples">
        <Samples baseUrl={pages.baseUrl} />
      </Part>
      <Part name={t('fonts')} testId="about-fonts">
        <p>{t('fonts.lead')}</p>
      </Part>
      <Part name={t('libraries')} testId="about-libraries">
        <Libraries />
      </Part>
    </Dialog>
  )
}

/** Closed until it is wanted; what it holds is fetched then. */
function Part({ name, testId, children }: { name: string; testId: string; children: ReactNode }) {
  const [opened, setOpened] = useState(false)
  return (
    <details
      className="about-part"
      data-testid={testId}
      onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}
    >
      <summary>{name}</summary>
      {opened && children}
    </details>
  )
}

function Report({ pages }: { pages: Pages }) {
  const [withLink, setWithLink] = useState(false)
  const [text, setText] = useState<string | null>(null)
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  useEffect(() => {
    let current = true
    written(pages, withLink).then(
      (report) => current && setText(report),
      (thrown) => current && setProblem(reportOf(thrown)),
    )
    return () => {
      current = false
    }
  }, [pages, withLink])
  return (
    <section className="about-report" aria-label={t('report')}>
      <h3>{t('report')}</h3>
      <p className="hint">{t('report.lead')}</p>
      {problem && <ErrorBanner error={problem} />}
      <div className="row">
        <CopyButton label={t('report.copy')} text={() => written(pages, withLink)} testId="about-copy" />
        <Switch label={t('report.link')} checked={withLink} onChange={setWithLink} testId="about-link" />
      </div>
      <details className="about-part">
        <summary>{t('report.text')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is scrolled by keyboard */}
        <pre className="about-text" tabIndex={0} data-testid="about-report">
          {text ?? t('report.making')}
        </pre>
      </details>
    </section>
  )
}

/** Of this moment: it is asked for anew whenever it is copied. */
async function written(pages: Pages, withLink: boolean): Promise<string> {
  const { status, told, models } = pages.engine.store.getState()
  const { lab } = currentRoute()
  const model = pages.store.getState().opened[lab]?.lab.store.getState().model?.id
  return reportText({
    version: about.version,
    commit: about.commit,
    at: Date.now(),
    lab,
    model: model !== undefined && (withLink || models[model]?.source === 'embedded') ? model : null,
    link: withLink ? pages.address() : null,
    userAgent: navigator.userAgent,
    language: language(),
    languages: navigator.languages,
    window: { width: innerWidth, height: innerHeight, pixelRatio: devicePixelRatio },
    engine: await pages.engine.facts(),
    status,
    storage: await storageOf(),
    told,
  })
}

function Models() {
  const own = language() === 'ru' ? 'ru' : 'en'
  return (
    <>
      <p className="hint">{t('models.lead')}</p>
      {EMBEDDED_MODELS.map(({ id, title }) => {
        const model = about.models.find((one) => one.id === id)
        if (!model) return null
        const { architecture, parameters, bytes, card } = model
        return (
          <section key={id} className="about-model" data-testid="about-model-entry" aria-label={title}>
            <h4>
              {title} <span className="mono hint">{id}</span>
            </h4>
            <p>{t('model.size', { architecture, parameters: whole(parameters), size: decimal(bytes / 1e6, 1) })}</p>
            <dl className="card-lines">
              <div>
                <dt>{t('model.data')}</dt>
                <dd>{card[own].data}</dd>
              </div>
              <div>
                <dt>{t('model.terms')}</dt>
                <dd>{card[own].terms}</dd>
              </div>
            </dl>
            <a href={`${import.meta.env.BASE_URL}models/${id}/README.md`} target="_blank" rel="noreferrer">
              {t('model.card')}
            </a>
          </section>
        )
      })}
    </>
  )
}

function Samples({ baseUrl }: { baseUrl: string }) {
  const [photos, setPhotos] = useState<readonly Sample[]>([])
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  useEffect(() => {
    loadSamples(baseUrl).then(setPhotos, (thrown) => setProblem(reportOf(thrown)))
  }, [baseUrl])
  const rows = [...photos.map(({ file, author, license }) => ({ file, author, licence: license })), ...SAMPLE_TERMS]
  return (
    <>
      <p className="hint">{t('samples.lead')}</p>
      {problem && <ErrorBanner error={problem} />}
      <table className="about-table">
        <thead>
          <tr>
            <th>{t('samples.file')}</th>
            <th>{t('samples.author')}</th>
            <th>{t('samples.licence')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ file, author, licence }) => (
            <tr key={`${file} ${author}`}>
              <td className="mono">{file}</td>
              <td>{author}</td>
              <td>{licence.replace('LicenseRef-public-domain', 'public domain')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <a href={`${import.meta.env.BASE_URL}samples/README.md`} target="_blank" rel="noreferrer">
        {t('samples.readme')}
      </a>
    </>
  )
}

function Libraries() {
  return (
    <>
      <p className="hint">{t('libraries.lead', { count: about.libraries.length })}</p>
      <ul className="about-libraries">
        {about.libraries.map(({ name, version, licence, home }) => (
          <li key={`${name} ${version}`}>
            <a href={home} target="_blank" rel="noreferrer">
              {name}
            </a>{' '}
            <span className="hint">
              {version} {licence}
            </span>
          </li>
        ))}
      </ul>
      <Part name={t('libraries.texts')} testId="about-licences">
        <LicenceTexts />
      </Part>
    </>
  )
}

function LicenceTexts() {
  const [texts, setTexts] = useState<string | null>(null)
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  useEffect(() => {
    fetchPart(() => import('virtual:licences')).then(
      (part) => setTexts(part.default),
      (thrown) => setProblem(reportOf(thrown)),
    )
  }, [])
  if (problem) return <ErrorBanner error={problem} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is scrolled by keyboard
    <pre className="about-text" tabIndex={0}>
      {texts ?? t('libraries.reading')}
    </pre>
  )
}
