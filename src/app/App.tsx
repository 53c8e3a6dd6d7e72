import { memo, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { LabViewProps } from '../labs/definition.ts'
import { LABS } from '../labs/index.ts'
import { lazyPart } from '../labs/shared/lazy_part.ts'
import { useFileDrop } from '../labs/shared/useFileDrop.ts'
import { useLab } from '../labs/shared/useLab.ts'
import type { Lab, LabState } from '../state/lab.ts'
import { RunFooter } from '../views/readouts/RunFooter.tsx'
import { Banner, ErrorBanner } from '../views/shell/Banner.tsx'
import { Loading } from '../views/shell/Loading.tsx'
import { Shell } from '../views/shell/Shell.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { HeaderActions } from './HeaderActions.tsx'
import type { LessonsState } from './lessons.ts'
import type { OfflineState } from './offline.ts'
import type { OpenedLab } from './opened_lab.ts'
import type { Pages } from './pages.ts'
import { hiddenPanels } from './panels.ts'
import { currentRoute, onOpened, routeHash, useRoute } from './router.ts'
import { applyTheme, savedTheme } from './theme.ts'
import { useFocusKept } from './useFocusKept.ts'
import { useLanguage } from './useLanguage.ts'
import { usePaper } from './usePaper.ts'
import { useUndoKeys } from './useUndoKeys.ts'
import { t } from './words.ts'

const LessonPane = lazyPart(() => import('./LessonPane.tsx'))
const LessonEditorPane = lazyPart(() => import('./LessonEditorPane.tsx'))
const Presenting = lazyPart(() => import('./present/Presenting.tsx'))
const Embedded = lazyPart(() => import('./embed/Embedded.tsx'))
const Following = lazyPart(() => import('./present/Following.tsx'))

/** The page: the shell around the lab that the hash names. */
export function App({ pages }: { pages: Pages }) {
  const { engine } = pages
  const route = useRoute()
  const language = useLanguage(route.language, engine.fault)
  const { status, faults } = useLab(engine.store)
  const { opened, lessons } = useLab(pages.store)
  const { played, editor } = useLab(lessons?.store ?? NO_LESSON)
  const [theme, setTheme] = useState(savedTheme)
  const [problem, setProblem] = useState<{ retry: () => void; thrown: unknown } | null>(null)

  useEffect(() => {
    const open = () => {
      const asked = currentRoute()
      if (asked.follow) return
      setProblem(null)
      pages.open(asked).catch((thrown) => setProblem({ thrown, retry: open }))
    }
    open()
    return onOpened(open)
  }, [pages])
  useEffect(() => {
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('a[href^="#"]')) pages.keepAddress()
    }
    window.addEventListener('click', onClick, { capture: true })
    return () => window.removeEventListener('click', onClick, { capture: true })
  }, [pages])
  useFocusKept()
  useEffect(() => applyTheme(theme), [theme])
  useEffect(() => {
    const { present, lead } = route
    // The lecturer's own window is read from near; what is left out is left out of the one on the projector.
    document.documentElement.toggleAttribute('data-present', present && !lead)
    document.documentElement.toggleAttribute('data-embed', route.embed === true)
    document.documentElement.dataset.hide = lead ? '' : hiddenPanels(route).join(' ')
  }, [route])

  const definition = LABS.find(({ id }) => id === route.lab) ?? LABS[0]
  const shown = opened[route.lab]
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title is in the language that is chosen
  useEffect(() => {
    document.title = t('title', { lab: definition.name() })
  }, [definition, language])

  return (
    <Shell
      key={language}
      labs={LABS.map(({ id, name }) => ({
        id,
        name: name(),
        href: routeHash({ ...route, lab: id, state: undefined, lesson: undefined, term: undefined }),
      }))}
      title={t('lab.title', { lab: definition.name() })}
      current={route.lab}
      engine={{ state: status.lifecycle, detail: backendName(status) }}
      actions={
        <HeaderActions
          pages={pages}
          opened={shown}
          route={route}
          language={language}
          theme={theme}
          onTheme={setTheme}
        />
      }
      aside={
        played ? (
          <LessonPane played={played} pages={pages} />
        ) : (
          editor && lessons && <LessonEditorPane editor={editor} lessons={lessons} pages={pages} route={route} />
        )
      }
      banners={
        <>
          {status.problem && (
            <ErrorBanner
              error={status.problem}
              actions={[
                ...(status.waitsFor
                  ? [{ label: t(`try.${status.waitsFor}`), onClick: () => void engine.tryAgain() }]
                  : []),
                ...(status.waitsFor === 'gpu' ? [] : [{ label: t('reload'), onClick: () => location.reload() }]),
              ]}
            />
          )}
          <UpdateNote pages={pages} />
          {route.follow && (
            <Suspense>
              <Following pages={pages} room={route.follow} onProblem={engine.fault} />
            </Suspense>
          )}
          {faults[0] && <ErrorBanner error={faults[0]} onDismiss={engine.dismissFault} />}
        </>
      }
      footer={
        <>
          <Footer opened={shown} pages={pages} />
          {route.embed && (
            <Suspense>
              <Embedded pages={pages} parents={route.parents ?? NO_PARENTS} />
            </Suspense>
          )}
          {route.present && !route.follow && (
            <Suspense>
              <Presenting pages={pages} opened={shown} route={route} played={played} />
            </Suspense>
          )}
        </>
      }
    >
      <ErrorBoundary key={route.lab} problem={problem}>
        {shown ? <OpenedView opened={shown} pages={pages} /> : <Loading what={definition.name()} />}
      </ErrorBoundary>
    </Shell>
  )
}

function backendName({ lifecycle, backend }: { lifecycle: string; backend: { kind: string } }): string | undefined {
  return backend.kind === 'webgpu' || lifecycle === 'starting' ? undefined : backend.kind.toUpperCase()
}

/** Fetched once the page has drawn: nothing waits for it. */
function UpdateNote({ pages }: { pages: Pages }) {
  const [store, setStore] = useState<StoreApi<OfflineState> | null>(null)
  useEffect(() => {
    if (!import.meta.env.PROD) return
    pages.ready
      .then(() => import('./offline.ts'))
      .then(({ offline, keepPage }) => {
        keepPage(pages.baseUrl)
        setStore(offline)
      })
      .catch(() => {}) // without it the page is as it was
  }, [pages])
  const { update } = useLab(store ?? NO_UPDATE)
  if (!update) return null
  return <Banner tone="note" title={t('update')} actions={[{ label: t('update.now'), onClick: update }]} />
}

const noUpdate: OfflineState = { update: null }
const NO_UPDATE = { getState: () => noUpdate, subscribe: () => () => {} }

/** The open lab's view, imported when it is first shown; an address that is written draws it no second time. */
const OpenedView = memo(({ opened: { definition, lab }, pages }: { opened: OpenedLab; pages: Pages }) => {
  const View = useMemo(() => lazyPart<LabViewProps<Lab>>(() => definition.view()), [definition])
  useUndoKeys(lab)
  useFileDrop((file) => void pages.showFile(file))
  return (
    <Suspense fallback={<Loading what={definition.name()} />}>
      <View lab={lab} engine={pages.engine} ownModels={pages.ownModels} addressIn={pages.addressIn} />
    </Suspense>
  )
})

/** The facts of the run on screen. */
function Footer({ opened, pages }: { opened: OpenedLab | undefined; pages: Pages }) {
  const { status } = useLab(pages.engine.store)
  const { run } = useLab<{ run: LabState['run'] }>(opened?.lab.store ?? NO_RUN)
  return (
    <>
      <RunFooter
        run={run && { ...run.result, tokens: run.result.tokens }}
        backend={run?.result.backend ?? (status.lifecycle === 'starting' ? null : status.backend)}
        onWasm={openInWasm}
      />
      <PrintedAddress pages={pages} opened={opened} />
    </>
  )
}

/** The same page and state on the other backend. */
function openInWasm(): void {
  const url = new URL(location.href)
  url.searchParams.set('backend', 'wasm')
  location.assign(url)
}

const NO_PARENTS: readonly string[] = []

const none: LessonsState = { played: null, editor: null }
const NO_LESSON = { getState: () => none, subscribe: () => () => {} }

const nothing: { run: LabState['run'] } = { run: null }
const NO_RUN = { getState: () => nothing, subscribe: () => () => {} }

/** Characters of an address that are printed; a longer one holds a photo, and is whole in the link alone. */
const PRINTED = 600

/** What a sheet of paper says of its making: the model, and where to find it on screen. Written when it is printed. */
function PrintedAddress({ pages, opened }: { pages: Pages; opened: OpenedLab | undefined }) {
  const place = useRef<HTMLAnchorElement>(null)
  const write = useCallback(() => {
    const address = pages.address()
    const shown = address.length > PRINTED ? `${address.slice(0, PRINTED)}…` : address
    const model = opened?.lab.store.getState().model?.name
    place.current?.setAttribute('href', address)
    place.current?.replaceChildren(model ? `${model} · ${shown}` : shown)
  }, [pages, opened])
  usePaper(write)
  // biome-ignore lint/a11y/useValidAnchor: it has its address when it is printed
  // biome-ignore lint/a11y/useAnchorContent: the same
  return <a ref={place} className="print-address mono" />
}
