//! A look at the site as it would be with other texts, which leaves no trace: [`Workspace::with_texts`].

use std::sync::Arc;

use super::{Changes, Workspace};
use crate::diagnostic::Diagnostic;
use crate::layout::ContentKind;
use crate::path::ContentPath;
use crate::source::{Asset, FileChange, FileState, Sources, is_drawing};

impl Workspace {
    /// Shows the site to `look` as it would be if these files said this; a file without a text would not be there.
    /// Afterwards, even if `look` panics, everything is as it was.
    pub fn with_texts<R>(
        &mut self,
        texts: impl IntoIterator<Item = (ContentPath, Option<Vec<u8>>)>,
        look: impl FnOnce(&Self) -> R,
    ) -> R {
        let changes: Vec<FileChange> = texts
            .into_iter()
            .filter(|(path, text)| self.is_other(path, text.as_deref()))
            .map(|(path, text)| change(path, text))
            .collect();
        if changes.is_empty() {
            return look(self);
        }
        let before = changes.iter().map(|change| self.state_of(&change.path)).collect();
        let sources = Arc::clone(&self.sources);
        let overlay = Overlay { workspace: self, before, sources };
        overlay.workspace.apply(Changes { files: changes, theme: None }, &mut |_| ());
        look(overlay.workspace)
    }

    /// Whether a text differs from the known one.
    fn is_other(&self, path: &ContentPath, text: Option<&[u8]>) -> bool {
        let known = self.sources.text(path).map(str::as_bytes);
        let text = text.map(|text| text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(text));
        known != text || known.is_none() && self.sources.is_known(path)
    }

    /// The known state of a file, to be restored later.
    fn state_of(&self, path: &ContentPath) -> FileChange {
        let mistakes: Vec<Diagnostic> = self.unreadable.get(path).cloned().unwrap_or_default();
        FileChange { path: path.clone(), state: self.sources.state(path), mistakes }
    }
}

fn change(path: ContentPath, text: Option<Vec<u8>>) -> FileChange {
    let state = match text {
        None => FileState::Gone,
        Some(bytes) if ContentKind::of(&path).is_text() => FileState::Text(bytes),
        Some(bytes) if is_drawing(path.as_str()) => FileState::Drawing(bytes),
        Some(bytes) => FileState::Asset(Asset::new(path.as_str(), &bytes)),
    };
    FileChange { path, state, mistakes: Vec::new() }
}

/// Restores everything when it is dropped.
struct Overlay<'a> {
    workspace: &'a mut Workspace,
    before: Vec<FileChange>,
    sources: Arc<Sources>,
}

impl Drop for Overlay<'_> {
    fn drop(&mut self) {
        let files = std::mem::take(&mut self.before);
        self.workspace.apply(Changes { files, theme: None }, &mut |_| ());
        // The same value as before, so that it stays shared with its other holders.
        self.workspace.sources = Arc::clone(&self.sources);
    }
}
