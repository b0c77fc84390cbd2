"""Wagtail's screens for adding pictures, where ours are stricter or say more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from wagtail.images.views import chooser, images, multiple

from cms.media.fields import Upload

FIRST_FRAME = _("The picture moved. We kept its first frame.")


class Add(images.CreateView):
    """One picture."""

    def form_valid(self, form: ModelForm) -> HttpResponse:
        """Save it, and say what was left behind."""
        tell(self.request, form)
        return super().form_valid(form)


class Edit(images.EditView):
    """A picture's words, or another file in its place."""

    def form_valid(self, form: ModelForm) -> HttpResponse:
        """Save it, and say what was left behind."""
        tell(self.request, form)
        return super().form_valid(form)


class AddFromChooser(chooser.ImageUploadView):
    """A picture added where it is needed. What was left behind is said on the next page."""

    def save_form(self, form: ModelForm) -> Any:
        """Save it, and say what was left behind."""
        tell(self.request, form)
        return super().save_form(form)


class Chooser(chooser.ImageChooserViewSet):
    """Wagtail's chooser with our way of adding."""

    # Wagtail's own says it in the language of whoever asked this process first.
    search_tab_label = _("Search")
    create_view_class = AddFromChooser


class AddMany(multiple.AddView):
    """Many pictures, one request each.

    Every one needs words, so Wagtail puts the file aside until a person has written them: what it
    puts aside must be clean already.
    """

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make the file anew before anything else looks at it."""
        given = request.FILES.get("files[]")
        if given is None:
            return HttpResponseBadRequest("Must upload a file")
        self.suggested = request.POST.get("title") or given.name or ""
        try:
            self.picture = Upload(label="").clean(given)
        except ValidationError as refusal:
            said = {"success": False, "error_message": "\n".join(refusal.messages)}
            return JsonResponse(said)
        request.FILES["files[]"] = self.picture
        return super().post(request)

    def get_edit_upload_form_context_data(self) -> dict[str, Any]:
        """The form for the words, beginning with what the person called the file."""
        self.object.title = self.suggested[: self.object._meta.get_field("title").max_length]
        context: dict[str, Any] = super().get_edit_upload_form_context_data()
        if self.picture.is_first_of_many:
            context["form"].fields["title"].help_text = FIRST_FRAME
        return context


class AddWords(multiple.CreateFromUploadedImageView):
    """The words for one of many, which make it a picture of the library."""

    def save_object(self, form: ModelForm) -> None:
        """Save it, and close the file that Wagtail leaves open."""
        super().save_object(form)
        self.object.file.close()


def tell(request: HttpRequest, form: ModelForm) -> None:
    """Say that only the first frame of an animation was kept, if so."""
    if "file" in form.changed_data and form.cleaned_data["file"].is_first_of_many:
        messages.info(request, FIRST_FRAME)
