/** A view that is fetched when it is first shown. Where it cannot be had, a message stands in its place alone, with ways on. */

import { Component, type ComponentType, lazy, type ReactNode, useEffect, useRef, useState } from 'react'
import { ClsroomError } from '../../core/errors.ts'
import { fetchPart } from '../../core/fetch_part.ts'
import { t } from '../words/words.ts'
import { ErrorBanner } from './Banner.tsx'

interface Module<Props> {
  default: ComponentType<Props>
}

/**
 * @param load one `import()`
 * @param before what has to be there, too, before it is shown
 * @param dismiss what takes the message away, for a view that is opened and closed
 */
export function lazyView<Props extends object>(
  load: () => Promise<Module<Props>>,
  { before = async () => {}, dismiss }: { before?: () => Promise<void>; dismiss?: (props: Props) => void } = {},
): ComponentType<Props> {
  const fetched = async (): Promise<Module<Props>> => {
    const part = await fetchPart(load)
    await before()
    return part
  }
  let View = lazy(fetched)

  // biome-ignore lint/correctness/noComponentHookFactories: made once, with the module, as React.lazy is
  return function LazyView(props: Props) {
    const [tries, setTries] = useState(0)
    const retry = async () => {
      const part = await fetched()
      View = lazy(async () => part)
      setTries(tries + 1)
    }
    return (
      <FetchBoundary
        key={tries}
        message={(error) => <Unfetched error={error} retry={retry} onDismiss={dismiss && (() => dismiss(props))} />}
      >
        <View {...props} />
        {tries > 0 && <TakesFocus />}
      </FetchBoundary>
    )
  }
}

interface BoundaryProps {
  message: (error: ClsroomError) => ReactNode
  children: ReactNode
}

/** Only what could not be fetched is answered here: a fault of the view itself goes on to whoever is above. */
class FetchBoundary extends Component<BoundaryProps, { thrown: unknown }> {
  override state: { thrown: unknown } = { thrown: undefined }

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown }
  }

  override render() {
    const { thrown } = this.state
    if (thrown === undefined) return this.props.children
    if (thrown instanceof ClsroomError && thrown.code === 'fetch') return this.props.message(thrown)
    throw thrown
  }
}

/** The first way on is to try again; when that failed, the page can be loaded anew: the address holds what was done. */
function Unfetched({
  error,
  retry,
  onDismiss,
}: {
  error: ClsroomError
  retry: () => Promise<void>
  onDismiss?: () => void
}) {
  const [tried, setTried] = useState(0)
  const [trying, setTrying] = useState(false)
  const again = async () => {
    setTrying(true)
    await retry().catch(() => setTried(tried + 1))
    setTrying(false)
  }
  return (
    <div data-testid="unfetched" aria-busy={trying}>
      <ErrorBanner
        error={error.report()}
        actions={[
          { label: trying ? t('part.trying') : t('part.retry'), onClick: () => void (trying || again()) },
          ...(tried > 0 ? [{ label: t('part.reload'), onClick: () => location.reload() }] : []),
        ]}
        onDismiss={onDismiss}
      />
    </div>
  )
}

/** The button that was pressed is gone: whoever reads with the keyboard goes on where it stood. */
function TakesFocus() {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const around = place.current?.parentElement
    if (!around || (document.activeElement && document.activeElement !== document.body)) return
    around.tabIndex = -1
    around.focus({ preventScroll: true })
  }, [])
  return <span ref={place} hidden />
}
