/** The cache of models that are no part of the first load: shared by the page, which fills it on request, and the service worker, which reads it. */
export const KEPT_MODELS = 'clsroom-models'

/** Where the service worker tells the open pages that a file has come into that cache. */
export const KEPT_MODELS_CHANNEL = 'clsroom-models-kept'
