"""Styles of pages computed once for all pages that the same declarations apply to, not anew for each page."""

from typing import Any


def share_page_styles(original: Any) -> Any:
    """Give pages with the same cascade the same computed styles, those of their margin boxes too."""

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        # Only this page's declarations are looked at: the engine keeps those of all pages and walks through them.
        kept, style_for._cascaded_styles = style_for._cascaded_styles, {}
        try:
            style_for.add_page_declarations(page_type)
            cascaded = style_for._cascaded_styles
            key = (str(style_for.initial_page_sizes), _key(cascaded))
            shared = style_for.__dict__.setdefault("octavo_pages", {})
            computed = style_for.get_computed_styles()
            if key not in shared:
                pseudo_types = [pseudo_type for _, pseudo_type in cascaded if pseudo_type]
                _compute(page_type, pseudo_types, html, style_for)
                shared[key] = {pseudo: computed[page_type, pseudo] for pseudo in (None, *pseudo_types)}
            computed.update({(page_type, pseudo): style for pseudo, style in shared[key].items()})
        finally:
            style_for._cascaded_styles = kept

    return set_page_type_computed_styles


def _compute(page_type: Any, pseudo_types: list[str], html: Any, style_for: Any) -> None:
    """Compute the styles of a page, which inherits from the root, and of its margin boxes, which inherit from it."""
    root, base = html.etree_element, html.base_url
    style_for.set_computed_styles(page_type, root=root, parent=root, base_url=base)
    for pseudo_type in pseudo_types:
        style_for.set_computed_styles(page_type, pseudo_type=pseudo_type, root=root, parent=page_type, base_url=base)


def _key(cascaded: Any) -> tuple[Any, ...]:
    """What tells cascades apart: values stay where they are as long as their style sheets, so their places will do."""
    return tuple(
        (pseudo_type, tuple((name, id(values), str(weight)) for name, (values, weight) in style.items()))
        for (_, pseudo_type), style in cascaded.items()
    )
