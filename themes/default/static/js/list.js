// Lists with filters, before they are shown: where the filters are above the list, an open one would hide it. The style
// sheet hides it until it is folded here, so that the list stays where it is.

document.documentElement.dataset.fold = '';
// Not later, when the filters' own script opens what is chosen.
document.addEventListener('readystatechange', () => {
  if (!matchMedia('(min-width: 62rem)').matches) {
    for (const filter of document.querySelectorAll('.filters [open]:not([data-chosen])')) filter.open = false;
  }
  delete document.documentElement.dataset.fold;
}, { once: true });
