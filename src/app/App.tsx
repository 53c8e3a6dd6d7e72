import { useEffect, useState } from 'react'
import { useLab } from '../labs/shared/useLab.ts'
import { TextLab } from '../labs/text/TextLab.tsx'
import { VisionLab } from '../labs/vision/VisionLab.tsx'
import { CopyButton } from '../views/primitives/CopyButton.tsx'
import { RunFooter } from '../views/readouts/RunFooter.tsx'
import { ErrorBanner } from '../views/shell/Banner.tsx'
import { Shell } from '../views/shell/Shell.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import type { Pages } from './pages.ts'
import { LABS, useRoute } from './router.ts'
import { applyTheme, savedTheme } from './theme.ts'

/** The page: the shell around the lab that the hash names. */
export function App({ pages }: { pages: Pages }) {
  const { engine, text, vision } = pages
  const route = useRoute()
  const { status, faults } = useLab(engine.store)
  const [theme, setTheme] = useState(savedTheme)
  const { samples } = useLab(pages.samples)
  const textRun = useLab(text.store).run
  const visionRun = useLab(vision.store).run
  const run = route.lab === 'text' ? textRun : visionRun

  useEffect(() => {
    void pages.open(route)
  }, [pages, route])
  useEffect(() => applyTheme(theme), [theme])

  const lab = LABS.find(({ id }) => id === route.lab) ?? LABS[0]
  useEffect(() => {
    document.title = `${lab.name} · CLSroom`
  }, [lab])

  return (
    <Shell
      labs={LABS}
      title={lab.title}
      current={route.lab}
      engine={{
        state: status.lifecycle,
        detail: status.backend.kind === 'cpu' && status.lifecycle !== 'starting' ? 'CPU' : undefined,
      }}
      theme={theme}
      onTheme={setTheme}
      actions={<CopyButton small label="Copy link" text={pages.address} testId="copy-link" />}
      banners={
        <>
          {status.problem && (
            <ErrorBanner error={status.problem} action={{ label: 'Reload', onClick: () => location.reload() }} />
          )}
          {faults[0] && <ErrorBanner error={faults[0]} onDismiss={engine.dismissFault} />}
        </>
      }
      footer={
        <RunFooter
          run={run ? { ...run.result, tokens: run.result.tokens } : null}
          backend={run?.result.backend ?? (status.lifecycle === 'starting' ? null : status.backend)}
        />
      }
    >
      <ErrorBoundary key={route.lab}>
        {route.lab === 'text' ? (
          <TextLab lab={text} engine={engine} openModel={pages.openModel} />
        ) : (
          <VisionLab lab={vision} engine={engine} samples={samples} openModel={pages.openModel} />
        )}
      </ErrorBoundary>
    </Shell>
  )
}
