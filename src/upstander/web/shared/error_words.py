"""What error pages say, in both languages: data, because neither catalog nor database may be there to ask."""

from collections.abc import Mapping

Words = Mapping[str, str]

# On every error page.
FRAME: Mapping[str, Words] = {
    "en": {
        "skip": "Skip to the main content",
        "leave": "Leave",
        "danger": "Someone in danger now?",
        "worried": "Worried about a student?",
        "call": "Who to call and what to say",
        "first_page": "Go to the first page",
        "advice": "Upstander gives general information, not legal advice.",
    },
    "es": {
        "skip": "Ir al contenido principal",
        "leave": "Salir",
        "danger": "¿Alguien en peligro ahora?",
        "worried": "¿Le preocupa un estudiante?",
        "call": "A quién llamar y qué decir",
        "first_page": "Ir a la página de inicio",
        "advice": "Upstander ofrece información general, no asesoría legal.",
    },
}

# By the page's name: what happened, and what to do.
PAGES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "400": {
        "en": (
            "This could not be read",
            "Something in what was sent is not as a page of ours sends it."
            " Go back, load the page again and try once more.",
        ),
        "es": (
            "No se pudo leer lo enviado",
            "Algo de lo enviado no es como lo envían nuestras páginas."
            " Regrese, vuelva a cargar la página e inténtelo de nuevo.",
        ),
    },
    "403": {
        "en": (
            "This page is not open to you",
            "Your account does not include it, or the form was open for too long."
            " Go back, load the page again and try once more.",
        ),
        "es": (
            "Esta página no está disponible para usted",
            "Su cuenta no la incluye o el formulario estuvo abierto demasiado tiempo."
            " Regrese, vuelva a cargar la página e inténtelo de nuevo.",
        ),
    },
    "404": {
        "en": ("We can’t find that page", "It may have moved, or it may not be yours to open. Nothing is broken."),
        "es": (
            "No encontramos esa página",
            "Puede que haya cambiado de lugar o que no le corresponda abrirla. No hay ninguna falla.",
        ),
    },
    "429": {
        "en": (
            "Please wait a minute",
            "There were many tries in a short time. Nothing is lost: wait a minute and try again.",
        ),
        "es": (
            "Espere un minuto, por favor",
            "Hubo muchos intentos en poco tiempo. No se perdió nada: espere un minuto e inténtelo de nuevo.",
        ),
    },
    "500": {
        "en": (
            "Something went wrong on our side",
            "What you were saving was not saved. Please try again in a few minutes.",
        ),
        "es": (
            "Algo falló de nuestro lado",
            "Lo que estaba guardando no se guardó. Inténtelo de nuevo en unos minutos, por favor.",
        ),
    },
    "503": {
        "en": (
            "We’ll be back shortly",
            "The site is not reachable for the moment. If you are worried about a student, do not wait for it: call.",
        ),
        "es": (
            "Volvemos en breve",
            "El sitio no está disponible por el momento. Si le preocupa un estudiante, no espere: llame.",
        ),
    },
    "chooser": {
        "en": ("Which school district?", "This address belongs to none. Choose yours."),
        "es": ("¿Qué distrito escolar?", "Esta dirección no pertenece a ninguno. Elija el suyo."),
    },
}


def words_of(name: str, first: str) -> list[tuple[str, Words]]:
    """The words of a page with their language, the reader's own first."""
    said = PAGES[name]
    order = sorted(FRAME, key=lambda code: code != first)
    return [(code, {**FRAME[code], "title": said[code][0], "text": said[code][1]}) for code in order]
