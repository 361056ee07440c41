"""LibreOffice as a reader that we did not write: it accepts or rejects every change, and prints."""

import shutil
import subprocess
from pathlib import Path

import pytest

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle" script:language="StarBasic">
Sub Settle(source, target, command)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(doc.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = "MS Word 2007 XML"
  doc.storeToURL(ConvertToURL(target), how())
  doc.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Settle"/></library:library>
"""


class LibreOffice:
    """One start writes the profile, which must be there before our macro can be put into it."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("soffice")
        if program is None:
            pytest.skip("LibreOffice (soffice) is not installed: the Word files were not opened with it")
        self.program, self.folder = program, folder
        self.run("--terminate_after_init")
        library = folder / "profile/user/basic/Standard"
        (library / "Settle.xba").write_text(MACRO)
        (library / "script.xlb").write_text(LIBRARY)

    def run(self, *arguments: str) -> None:
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        subprocess.run(
            [self.program, profile, "--headless", *arguments], check=True, capture_output=True, timeout=180
        )

    def settled(self, file: bytes, command: str) -> bytes:
        source, target = self.folder / "source.docx", self.folder / f"{command}.docx"
        source.write_bytes(file)
        target.unlink(missing_ok=True)
        self.run(f'macro:///Standard.Settle.Settle("{source}","{target}","{command}")')
        return target.read_bytes()

    def printed(self, file: bytes) -> bytes:
        source = self.folder / "printed.docx"
        source.write_bytes(file)
        self.run("--convert-to", "pdf", "--outdir", str(self.folder), str(source))
        return source.with_suffix(".pdf").read_bytes()
